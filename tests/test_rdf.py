"""What one document says becomes triples of the vocabulary."""

import re
from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indiggraph.errors import GraphError, ResourceError
from indiggraph.model import Extraction, FactType, Form, RoleName, ThingType
from indiggraph.rdf import sector_triples, triples
from indiggraph.store import Graph
from indiggraph.terms import BASE
from tests.factories import FixedLinker, document, example, extraction, fact, mention, tenure, thing

EXTRACTIONS, LINKER = example()


def graph_of(*extractions: Extraction, linker: FixedLinker = LINKER, base: str = BASE) -> Graph:
    return Graph.from_quads(triple for one in extractions for triple in triples(one, linker, base=base))


@pytest.fixture(scope="module")
def graph() -> Graph:
    return graph_of(*EXTRACTIONS)


def answers(graph: Graph, pattern: str, *names: str) -> list[tuple[object, ...]]:
    """Return what the pattern binds to the names, in order."""
    rows = graph.query(f"SELECT {' '.join('?' + name for name in names)} WHERE {{ {pattern} }}")
    return sorted((tuple(row.values()) for row in rows), key=str)


def test_nothing_is_a_blank_node(graph: Graph):
    terms = {term for triple in graph.triples() for term in (triple.subject, triple.object)}
    assert not any(isinstance(term, ox.BlankNode) for term in terms)


def test_everything_is_of_the_vocabulary(graph: Graph):
    spaces = {re.split(r"[^/#]*$", triple.predicate.value)[0] for triple in graph.triples()}
    assert spaces == {
        "http://purl.org/dc/terms/",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://www.w3.org/2000/01/rdf-schema#",
        "http://www.w3.org/2002/07/owl#",
        "http://www.w3.org/2004/02/skos/core#",
        "http://www.w3.org/ns/oa#",
        "http://www.w3.org/ns/org#",
        "https://schema.org/",
        "https://w3id.org/indiggraph/ns#",
    }


def test_document_tells_what_is_known(graph: Graph):
    pattern = """?d dcterms:identifier "norland-1" ; dcterms:title ?title ; dcterms:publisher ?who ;
        schema:datePublished ?day ; dcterms:source ?url ; dcterms:license ?licence"""
    (row,) = answers(graph, pattern, "title", "who", "day", "url", "licence")
    address = "https://news.example/1?a=b&c=d"
    assert row == ("Holding signs contracts", "Norland Herald", "2029-11-03", address, "CC BY 4.0")


def test_document_tells_nothing_that_is_not_known(graph: Graph):
    names = answers(graph, '?d dcterms:identifier "norland 2/ü" ; ?p ?o', "p")
    assert {str(name).rpartition("/")[2].rpartition("#")[2] for (name,) in names} == {
        "identifier",
        "label",
        "sha256",
        "type",
    }


def test_selectors_quote_the_text(graph: Graph):
    texts = {one.document.id: one.document.text for one in EXTRACTIONS}
    pattern = """?q oa:hasSource/dcterms:identifier ?d ; oa:hasSelector ?s .
        ?s oa:start ?start ; oa:end ?end ; oa:exact ?exact"""
    found = answers(graph, pattern, "d", "start", "end", "exact")
    assert len(found) > 20
    for ident, start, end, exact in found:
        assert texts[str(ident)][int(str(start)) : int(str(end))] == exact


def test_agreement_has_its_slots(graph: Graph):
    pattern = """?f a ig:Agreement ; ig:agent/skos:prefLabel ?agent ; ig:counterparty/skos:prefLabel ?other ;
        ig:theme ?theme ; ig:sector/skos:prefLabel ?sector ; ig:statedBy/skos:prefLabel ?who ; ig:amount ?a ;
        ig:modality ig:Actual ; ig:confidence ?sure ; ig:rule ?rule ; ig:trigger ?trigger .
        ?a schema:value ?sum ; schema:currency ?currency ; ig:bound ig:Lower ; rdfs:label ?said"""
    names = ["agent", "other", "theme", "sector", "who", "sum", "currency", "said", "rule", "trigger"]
    assert answers(graph, pattern, *names) == [
        (
            "Norland Development Holding",
            "domestic turbine makers",
            "turbine",
            "machinery",
            "Ada Quillfeather",
            130_000_000,
            "EUR",
            "over €130 million",
            "agreement/test",
            "concluded deals",
        )
    ]


def test_fact_has_one_class_beside_fact(graph: Graph):
    kinds = answers(graph, "?f a ig:Fact, ?k FILTER(?k != ig:Fact)", "f", "k")
    assert len(kinds) == len({fact for fact, _ in kinds}) == 11


def test_shares_point_to_their_total(graph: Graph):
    pattern = "?f ig:partOf/ig:amount/rdfs:label ?whole ; ig:sector/skos:prefLabel ?sector"
    assert answers(graph, pattern, "whole", "sector") == [
        ("over €130 million", "copper"),
        ("over €130 million", "steel"),
    ]


def test_pronouns_speak_for_their_thing_but_are_no_mentions(graph: Graph):
    assert answers(graph, "?f ig:reportedBy ?r ; ig:statedBy/skos:prefLabel ?who", "who") == [("Ada Quillfeather",)] * 2
    assert answers(graph, '?s oa:exact "she"', "s") == []


def test_times(graph: Graph):
    pattern = """?f ig:time ?t . ?t rdfs:label ?said OPTIONAL { ?t schema:startDate ?b }
        OPTIONAL { ?t schema:endDate ?e } OPTIONAL { ?t schema:duration ?d } OPTIONAL { ?t ig:precision ?p }"""
    assert answers(graph, pattern, "said", "b", "e", "d", "p") == [
        ("by March 2031", None, "2031-03-31", None, "month"),
        ("in 2029", "2029-01-01", "2029-12-31", None, "year"),
        ("on 3 May 2030", "2030-05-03", "2030-05-03", None, "day"),
        ("within two years", None, None, "P2Y", None),
    ]


def test_the_reason_for_which_a_year_was_chosen(graph: Graph):
    pattern = "?f ig:time ?t . ?t rdfs:label ?said ; ig:reason ?why"
    assert answers(graph, pattern, "said", "why") == [("in 2029", "the year of the test")]


def test_time_of_saying(graph: Graph):
    pattern = "?f ig:statedAt ?t . ?t rdfs:label ?said ; schema:startDate ?b ; schema:endDate ?e"
    assert answers(graph, pattern, "said", "b", "e") == [("in October 2029", "2029-10-01", "2029-10-31")]


def test_equal_sums(graph: Graph):
    pattern = "?a schema:currency 'IRR' ; ig:equivalent ?e . ?e schema:value ?v ; schema:currency ?c ; ig:bound ?b"
    about = "https://w3id.org/indiggraph/ns#About"
    assert answers(graph, pattern, "v", "c", "b") == [(710_000_000, "USD", about)]


def test_ranges_have_two_ends_and_no_value(graph: Graph):
    pattern = "?a schema:minValue ?low ; schema:maxValue ?high OPTIONAL { ?a schema:value ?v }"
    assert answers(graph, pattern, "low", "high", "v") == [(1_200_000_000, 1_400_000_000, None)]


def test_quantities_and_rates(graph: Graph):
    assert answers(graph, "?f ig:quantity ?q . ?q schema:value ?v ; schema:unitText ?u", "v", "u") == [
        (12, "desks"),
        (Decimal("14.5"), "%"),
        (340, "tons"),
    ]
    assert answers(graph, "?q schema:unitCode ?c", "c") == [("t",)]
    assert answers(graph, "?a ig:per ?unit", "unit") == [("ton",)]


def test_direction_and_modalities(graph: Graph):
    assert answers(graph, "?f ig:direction ig:Increase ; ig:theme ?t", "t") == [("Car output",)]
    counts = answers(graph, "{ SELECT ?m (COUNT(?f) AS ?n) { ?f ig:modality ?m } GROUP BY ?m }", "m", "n")
    named = {str(kind).rpartition("#")[2]: count for kind, count in counts}
    assert named == {"Actual": 7, "Planned": 2, "Proposed": 1, "Denied": 1}


def test_tenures(graph: Graph):
    pattern = """?t a ig:Tenure, org:Membership ; org:member/skos:prefLabel ?who ; org:role/skos:prefLabel ?post
        OPTIONAL { ?t org:organization/skos:prefLabel ?body } OPTIONAL { ?t ig:former ?former }"""
    assert answers(graph, pattern, "who", "post", "body", "former") == [
        ("Ada Quillfeather", "managing director", "Norland Development Holding", None),
        ("Tomas Birkensen", "industry minister", "Ministry of Industry", None),
        ("Tomas Birkensen", "industry minister", None, True),
    ]


def test_types_are_written_out(graph: Graph):
    assert answers(graph, "?x a ig:Company, ig:Organization ; skos:prefLabel ?n", "n") == [
        ("Norland Development Holding",)
    ]


def test_names_and_identity(graph: Graph):
    pattern = "?x owl:sameAs ?same ; skos:prefLabel ?n ; rdfs:label ?n ; skos:altLabel ?other"
    expected = ("Tomas Birkensen", "https://example.org/people/1", 'Tomas "Tom" Birkensen')
    assert answers(graph, pattern, "n", "same", "other") == [expected]


def test_sector_of_the_scheme_carries_its_place_and_matches(graph: Graph):
    pattern = "id:sector\\/steel skos:broader+ ?b . ?b skos:prefLabel ?n"
    assert answers(graph, pattern, "n") == [("manufacturing",), ("metals",)]
    assert answers(graph, "id:sector\\/steel skos:exactMatch ?m", "m") == [
        ("https://unstats.un.org/classifications/ISIC/rev4/241",)
    ]
    # what the text calls it is another name; the preferred one is the scheme's
    assert answers(graph, "id:sector\\/steel skos:prefLabel ?p ; skos:altLabel ?a", "p", "a") == [
        ("steel", "steel industry")
    ]


@pytest.mark.parametrize(
    ("trigger", "label"),
    [
        (
            "concluded deals",
            "Norland Development Holding – agreement: turbine, over €130 million – domestic turbine makers",
        ),
        ("set up", "Ministry of Industry – establishment (planned): 12 desks"),
        ("rose", "change: Car output, 14.5 percent"),
        ("cooperates", "Norland Development Holding – cooperation (denied) – foreign firms"),
    ],
)
def test_fact_labels(graph: Graph, trigger: str, label: str):
    assert answers(graph, f'?f ig:trigger "{trigger}" ; rdfs:label ?l', "l") == [(label,)]


def test_share_without_a_theme_is_labelled_by_its_sector(graph: Graph):
    labels = answers(graph, "?f ig:partOf ?whole ; rdfs:label ?l", "l")
    assert labels == [("agreement: copper, €24 million",), ("agreement: steel, €70 million",)]


def test_base_is_an_option():
    graph = graph_of(*EXTRACTIONS, base="https://example.org/g/")
    ours = {t.subject.value for t in graph.triples() if isinstance(t.subject, ox.NamedNode)}
    foreign = {iri for iri in ours if not iri.startswith("https://example.org/g/")}
    assert all("/sector/" in iri or iri.endswith("#sectors") for iri in foreign)


def test_unknown_sector_is_an_error():
    with pytest.raises(ResourceError, match="no sector 'unicorns'"):
        list(sector_triples("unicorns"))


# ---- what stays open ---------------------------------------------------------------------------------------

DOC = document("Officials said it: the Board of Pumps wants pumps. They will buy them.")
OFFICIALS = mention(DOC, "Officials", ThingType.GROUP, form=Form.NOMINAL)
BOARD = mention(DOC, "Board of Pumps", ThingType.ORGANIZATION)
PUMPS = mention(DOC, "pumps", ThingType.PRODUCT, form=Form.NOMINAL)
THEY = mention(DOC, "They", ThingType.GROUP, form=Form.PRONOUN)
BUY = fact(
    DOC,
    FactType.TRADE,
    "buy",
    {RoleName.AGENT: [THEY], RoleName.STATED_BY: [OFFICIALS], RoleName.THEME: [PUMPS], RoleName.BENEFICIARY: [BOARD]},
)


def test_mention_without_a_thing_is_not_written_and_fills_no_role():
    linker = FixedLinker((thing("board-of-pumps", "Board of Pumps", [BOARD]),))
    graph = graph_of(extraction(DOC, [OFFICIALS, BOARD, PUMPS, THEY], [BUY]), linker=linker)
    assert answers(graph, "?m ig:refersTo ?x ; oa:hasSelector/oa:exact ?words", "words") == [("Board of Pumps",)]
    roles = answers(graph, "?f a ig:Fact ; ?role ?x FILTER(?role IN (ig:agent, ig:statedBy, ig:beneficiary))", "x")
    assert roles == [(f"{BASE}organization/board-of-pumps",)]


def test_theme_without_a_thing_falls_back_to_the_words():
    graph = graph_of(extraction(DOC, [OFFICIALS, BOARD, PUMPS, THEY], [BUY]), linker=FixedLinker(()))
    assert answers(graph, "?f ig:theme ?t", "t") == [("pumps",)]


def test_thing_that_only_pronouns_refer_to_is_not_written():
    linker = FixedLinker((thing("they", "they", [THEY]),))
    graph = graph_of(
        extraction(DOC, [THEY], [fact(DOC, FactType.TRADE, "buy", {RoleName.AGENT: [THEY]})]), linker=linker
    )
    assert answers(graph, "?x skos:prefLabel ?n", "n") == []
    assert answers(graph, "?f ig:agent ?x", "x") == []


def test_tenure_of_nobody_is_not_written():
    doc = document("He is the chairman.")
    he = mention(doc, "He", ThingType.PERSON, form=Form.PRONOUN)
    graph = graph_of(extraction(doc, [he], tenures=[tenure(doc, he, "chairman")]), linker=FixedLinker(()))
    assert answers(graph, "?t a ig:Tenure", "t") == []


def test_thing_without_a_label_is_an_error():
    linker = FixedLinker((thing("board", " ", [BOARD]),))
    with pytest.raises(GraphError, match="thing 'board' has an empty label"):
        graph_of(extraction(DOC, [BOARD]), linker=linker)


def test_contradiction_is_an_error():
    whole = EXTRACTIONS[0]
    with pytest.raises(GraphError, match="has no evidence"):
        graph_of(replace(whole, facts=(replace(whole.facts[0], evidence=()),)))


def test_one_slug_in_two_classes_is_two_things():
    doc = document("Elster met Elster.")
    person = mention(doc, "Elster", ThingType.PERSON)
    place = mention(doc, "Elster", ThingType.PLACE, nth=1)
    linker = FixedLinker((thing("elster", "Elster", [person]), thing("elster", "Elster", [place])))
    graph = graph_of(extraction(doc, [person, place]), linker=linker)
    assert answers(graph, "?x skos:prefLabel ?n", "x") == [(f"{BASE}person/elster",), (f"{BASE}place/elster",)]


# ---- any text ----------------------------------------------------------------------------------------------


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip() != ""))
def test_any_name_comes_back_as_it_stands(name: str):
    doc = document(f"({name}) builds pumps.", ident=f"doc {name}")
    who = mention(doc, name, ThingType.COMPANY)
    linker = FixedLinker((thing("x", name, [who]),))
    graph = graph_of(
        extraction(doc, [who], [fact(doc, FactType.PRODUCTION, "builds", {RoleName.AGENT: [who]})]), linker=linker
    )
    again = Graph.from_quads(ox.parse(graph.turtle(), format=ox.RdfFormat.TURTLE))
    assert set(again.triples()) == set(graph.triples())
    assert {
        row["exact"] for row in again.query("SELECT ?exact { ?m a ig:Mention ; oa:hasSelector/oa:exact ?exact }")
    } == {name}
