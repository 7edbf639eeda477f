"""What makes a graph wrong is found, with its place; what is right is not."""

import pyoxigraph as ox
import pytest

from indiggraph.rdf import triples
from indiggraph.schema import term
from indiggraph.store import Graph
from indiggraph.validate import Finding, Severity, validate
from tests.factories import example

ID = "https://w3id.org/indiggraph/id/"
PREFIXES = """PREFIX ig: <https://w3id.org/indiggraph/ns#> PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX org: <http://www.w3.org/ns/org#> PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX id: <https://w3id.org/indiggraph/id/>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX time: <http://www.w3.org/2006/time#>
"""


def changed(*updates: str) -> Graph:
    """Return the example's graph after the updates; each must change it."""
    extractions, linker = example()
    store = ox.Store()
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for one in extractions for t in triples(one, linker))
    for update in updates:
        before = set(store)
        store.update(PREFIXES + update)
        assert set(store) != before, update
    return Graph(store)


def test_example_is_valid():
    extractions, linker = example()
    assert validate(Graph.from_quads(t for one in extractions for t in triples(one, linker))) == []


def test_empty_graph_is_valid():
    assert validate(Graph()) == []


DEAL = '?f ig:trigger "concluded deals"'
WRONG = [
    # things
    ("INSERT { ?x a ig:Group } WHERE { ?x a ig:Person }", "a thing has exactly one class of the table"),
    ("DELETE { ?x skos:prefLabel ?n } WHERE { ?x a ig:Product ; skos:prefLabel ?n }", "exactly one preferred label"),
    ("INSERT { ?x skos:prefLabel 'other' } WHERE { ?x a ig:Program }", "exactly one preferred label"),
    ("INSERT { ?x skos:altLabel ?n } WHERE { ?x a ig:Place ; skos:prefLabel ?n }", "none is the preferred label"),
    ("DELETE { ?x rdfs:label ?n } WHERE { ?x a ig:NewsAgency ; rdfs:label ?n }", "rdfs:label is its preferred label"),
    ("DELETE { ?x a ig:Organization } WHERE { ?x a ig:Company }", "written out up to ig:Organization"),
    ("DELETE { ?m ig:refersTo ?x } WHERE { ?x a ig:Gathering . ?m ig:refersTo ?x }", "named by at least one mention"),
    ("INSERT { ?x owl:sameAs 'Q1' } WHERE { ?x a ig:Gathering }", "owl:sameAs points to an IRI"),
    # facts
    (f"INSERT {{ ?f a ig:Saving }} WHERE {{ {DEAL} }}", "exactly one class beside ig:Fact"),
    (f"DELETE {{ ?f a ig:Agreement }} WHERE {{ {DEAL} }}", "exactly one class beside ig:Fact"),
    ("DELETE { ?f a ig:Fact } WHERE { ?f a ig:Trade }", "written out up to ig:Fact"),
    (f"INSERT {{ ?f ig:modality ig:Denied }} WHERE {{ {DEAL} }}", "exactly one modality"),
    (f"DELETE {{ ?f ig:modality ?m }} WHERE {{ {DEAL} ; ig:modality ?m }}", "exactly one modality"),
    (f"INSERT {{ ?f ig:direction ig:Increase }} WHERE {{ {DEAL} }}", "only a change has a direction"),
    ("INSERT { ?f ig:agent ?x } WHERE { ?f a ig:Saving . ?x a ig:Product }", "an agent is a person, body"),
    ("INSERT { ?f ig:program ?x } WHERE { ?f a ig:Saving . ?x a ig:Person }", "the program is a program"),
    ("INSERT { ?f ig:place ?x } WHERE { ?f a ig:Saving . ?x a ig:Person }", "the place is a place"),
    ("INSERT { ?f ig:sector 'steel' } WHERE { ?f a ig:Saving }", "the sector is a sector"),
    ("INSERT { ?f ig:statedBy ?x } WHERE { ?f a ig:Saving . ?x a ig:Product }", "who says so is a person"),
    ("INSERT { ?f ig:reportedBy ?x } WHERE { ?f a ig:Saving . ?x a ig:Person }", "who reports is a body"),
    ("INSERT { ?f ig:theme '' } WHERE { ?f a ig:Saving }", "a theme is a thing or a short label"),
    ("INSERT { ?f ig:theme ?x } WHERE { ?f a ig:Occurrence . ?x a ig:Place }", "what occurs is a gathering"),
    ("INSERT { ?f ig:amount ?a } WHERE { ?f a ig:Saving . ?a schema:currency 'IRR' }", "at most one sum"),
    ("DELETE { ?f ig:confidence ?c } INSERT { ?f ig:confidence 1.5 } WHERE { ?f a ig:Saving ; ig:confidence ?c }",
     "one decimal from 0 to 1"),
    ("DELETE { ?f ig:rule ?r } WHERE { ?f a ig:Saving ; ig:rule ?r }", "the rule that found it is named"),
    ("DELETE { ?f ig:evidence ?e } WHERE { ?f a ig:Saving ; ig:evidence ?e }", "has evidence"),
    # tenures
    ("DELETE { ?t org:member ?x } WHERE { ?t org:member ?x }", "a tenure has exactly one person"),
    ("INSERT { ?t org:organization ?x } WHERE { ?t ig:former true . ?x a ig:Place }", "at one body at most"),
    ("DELETE { ?t org:role ?x } WHERE { ?t org:role ?x }", "a tenure has exactly one post"),
    ("DELETE { ?x skos:prefLabel ?n } WHERE { ?x a org:Role ; skos:prefLabel ?n }", "a post has exactly one"),
    # values
    ("DELETE { ?a schema:currency ?c } INSERT { ?a schema:currency 'euro' } WHERE { ?a schema:currency ?c }",
     "one currency as ISO 4217 code"),
    ("INSERT { ?a schema:value 5.0 } WHERE { ?a schema:minValue ?low }", "a number or a range, not both"),
    ("DELETE { ?a schema:minValue ?l } INSERT { ?a schema:minValue 9e9 } WHERE { ?a schema:minValue ?l }",
     "a lower end is one decimal"),
    ("DELETE { ?a schema:minValue ?l } INSERT { ?a schema:minValue 1400000001.0 } WHERE { ?a schema:minValue ?l }",
     "not above the upper end"),
    ("DELETE { ?a rdfs:label ?l } WHERE { ?a a schema:QuantitativeValue ; rdfs:label ?l }", "one label, as in the"),
    ("DELETE { ?f ig:quantity ?q } WHERE { ?f ig:quantity ?q }", "a quantity belongs to one fact"),
    ("INSERT { ?a ig:bound 'over' } WHERE { ?a schema:minValue ?l }", "a bound is ig:Lower"),
    ("INSERT { ?t schema:duration 'P1Y'^^xsd:duration } WHERE { ?t schema:startDate ?d }", "days or a length"),
    ("DELETE { ?t schema:endDate ?e } INSERT { ?t schema:endDate '1999-01-01'^^xsd:date } WHERE "
     "{ ?t schema:startDate ?s ; schema:endDate ?e }", "not after it ends"),
    ("DELETE { ?t ig:precision ?p } INSERT { ?t ig:precision 'era' } WHERE { ?t ig:precision ?p }", "a precision is"),
    # places in texts
    ("DELETE { ?d ig:sha256 ?h } INSERT { ?d ig:sha256 'abc' } WHERE { ?d ig:sha256 ?h }", "SHA-256"),
    ("INSERT { ?d dcterms:identifier 'b' } WHERE { ?d a ig:Document }", "exactly one identifier"),
    ("DELETE { ?m oa:hasSource ?d } WHERE { ?m a ig:Mention ; oa:hasSource ?d }", "exactly one document"),
    ("DELETE { ?m oa:hasSelector ?s } WHERE "
     "{ ?x a ig:Gathering . ?m ig:refersTo ?x ; oa:hasSelector ?s }", "exactly one selector"),
    ("INSERT { ?m ig:refersTo ?x } WHERE { ?m a ig:Mention . ?x a ig:Gathering }", "refers to exactly one thing"),
    ("DELETE { ?s oa:end ?e } INSERT { ?s oa:end 0 } WHERE "
     "{ ?q ig:refersTo ?x ; oa:hasSelector ?s . ?s oa:end ?e }", "starts at one place, before its end"),
    ("DELETE { ?s oa:exact ?x } INSERT { ?s oa:exact '' } WHERE "
     "{ ?q a ig:Evidence ; oa:hasSelector ?s . ?s oa:exact ?x }", "quotes one text"),
    # beyond shapes
    ("DELETE { ?s oa:exact ?x } INSERT { ?s oa:exact 'pump' } WHERE { ?s oa:exact ?x FILTER(?x = 'pumps') }",
     "do not fit a text of 4 characters"),
    ("DELETE { ?a rdfs:label ?l } INSERT { ?a rdfs:label '€131 million' } WHERE { ?a schema:value 130000000.0 ; "
     "rdfs:label ?l }", "'€131 million' does not stand in the evidence"),
    ("DELETE { ?a rdfs:label ?l } INSERT { ?a rdfs:label '$1' } WHERE { ?x ig:equivalent ?a . ?a rdfs:label ?l }",
     "'$1' does not stand in the evidence"),
    ("DELETE { ?a rdfs:label ?l } INSERT { ?a rdfs:label 'now' } WHERE { ?x ig:statedAt ?a . ?a rdfs:label ?l }",
     "'now' does not stand in the evidence"),
    ("INSERT { ?f ig:theme 'unicorns' } WHERE { ?f a ig:Saving }", "'unicorns' does not stand in the evidence"),
    ("INSERT { ?f ig:evidence ?e } WHERE { ?f a ig:Saving . ?e a ig:Evidence }", "has evidence in 2 documents"),
    ("INSERT { ?f ig:partOf ?g } WHERE { ?f a ig:Saving . ?g a ig:Change }", "a share of a fact of another document"),
    (f"INSERT {{ ?f ig:partOf ?f }} WHERE {{ {DEAL} }}", "is a share of itself"),
    ("INSERT { ?f ig:agent id:person\\/nobody } WHERE { ?f a ig:Saving }", "person/nobody, which is not there"),
    ("DELETE { ?a ig:bound ?b ; schema:value ?v } INSERT { ?a schema:value 93999999.0 } WHERE "
     "{ ?a ig:bound ig:Lower ; ig:bound ?b ; schema:value ?v }", "shares of 94000000 EUR exceed the total 93999999"),
]  # fmt: skip


def batches(cases: list[tuple[str, str]], size: int = 8) -> list[list[tuple[str, str]]]:
    """Return the cases in batches without the same message twice: one run of SHACL serves a whole batch."""
    made: list[list[tuple[str, str]]] = []
    for case in cases:
        free = (batch for batch in made if len(batch) < size and case[1] not in {message for _, message in batch})
        batch = next(free, None)
        if batch is None:
            made.append([case])
        else:
            batch.append(case)
    return made


@pytest.mark.parametrize("cases", batches(WRONG), ids=lambda cases: cases[0][1])
def test_what_is_wrong_is_found(cases: list[tuple[str, str]]):
    said = [finding.message for finding in validate(changed(*(update for update, _ in cases)))]
    assert [message for _, message in cases if not any(message in words for words in said)] == []


def test_finding_tells_where():
    graph = changed('DELETE { ?f ig:modality ?m } WHERE { ?f ig:trigger "rose" ; ig:modality ?m }')
    (finding,) = validate(graph)
    (row,) = graph.query(
        'SELECT ?f ?s ?e { ?f ig:trigger "rose" ; ig:evidence/oa:hasSelector ?x . ?x oa:start ?s ; oa:end ?e }'
    )
    where = f"norland-1:{row['s']}-{row['e']}"
    assert finding == Finding(Severity.VIOLATION, str(row["f"]), "a fact has exactly one modality", where)


def test_value_stands_where_its_fact_does():
    graph = changed("INSERT { ?a ig:per 'ton', 'kilo' } WHERE { ?f a ig:Saving ; ig:amount ?a }")
    (finding,) = validate(graph)
    assert finding.focus.startswith(f"{ID}amount/")
    assert finding.where.startswith("norland 2/ü:")


def test_what_a_thing_has_wrongly_is_shown():
    graph = changed("INSERT { ?f ig:program ?x } WHERE { ?f a ig:Saving . ?x a ig:Gathering }")
    (finding,) = validate(graph)
    assert finding.message == f"the program is a program (has {ID}gathering/elster-pump-fair)"


def test_shares_of_more_than_a_lower_bound_are_no_excess():
    update = (
        "DELETE { ?a schema:value ?v } INSERT { ?a schema:value 1.0 } WHERE { ?a ig:bound ig:Lower ; schema:value ?v }"
    )
    assert validate(changed(update)) == []


def test_excess_is_a_warning_and_comes_last():
    update = """DELETE { ?a ig:bound ?b ; schema:value ?v } INSERT { ?a schema:value 1.0 . ?f ig:modality ig:Denied }
        WHERE { ?f ig:amount ?a . ?a ig:bound ig:Lower ; ig:bound ?b ; schema:value ?v }"""
    assert [finding.severity for finding in validate(changed(update))] == [Severity.VIOLATION, Severity.WARNING]


def test_case_and_line_breaks_of_values_do_not_matter():
    update = """DELETE { ?a rdfs:label ?l } INSERT { ?a rdfs:label '''over\n  €130 Million''' }
        WHERE { ?a schema:value 130000000.0 ; rdfs:label ?l }"""
    assert validate(changed(update)) == []


def test_terms_and_other_sites_are_no_dangling_references():
    links = "owl:sameAs <https://example.org/x> ; skos:closeMatch <https://example.org/y>"
    graph = changed(f"INSERT {{ ?x {links} }} WHERE {{ ?x a ig:Person }}")
    assert validate(graph) == []


def test_shapes_are_read_once():
    first = Graph.from_quads([ox.Triple(ox.NamedNode(f"{ID}person/x"), term("rdf:type"), term("ig:Person"))])
    assert validate(first) == validate(first) != []
