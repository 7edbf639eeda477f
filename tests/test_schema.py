"""The ontology's files agree with the model, with the contract's terms, and with themselves."""

import re
from enum import StrEnum
from pathlib import Path

import pyoxigraph as ox
import pytest

from indiggraph import schema
from indiggraph.errors import ResourceError
from indiggraph.model import Bound, Direction, FactType, Modality, RoleName, ThingType
from indiggraph.resources import ontology_path

CLASSES = [
    "Person",
    "Organization",
    "GovernmentBody",
    "Company",
    "NewsAgency",
    "Group",
    "Place",
    "Program",
    "Product",
    "Sector",
    "Gathering",
    "Fact",
    "Agreement",
    "Saving",
    "Investment",
    "Production",
    "Trade",
    "Establishment",
    "Directive",
    "Cooperation",
    "Change",
    "Occurrence",
    "Tenure",
    "Document",
    "Evidence",
    "Mention",
]
PROPERTIES = [
    "agent",
    "counterparty",
    "beneficiary",
    "program",
    "place",
    "theme",
    "sector",
    "amount",
    "quantity",
    "time",
    "modality",
    "direction",
    "statedBy",
    "reportedBy",
    "statedAt",
    "partOf",
    "evidence",
    "confidence",
    "bound",
    "per",
    "equivalent",
    "former",
    "refersTo",
    "sha256",
]
KEYS = [
    "automotive",
    "petrochemical",
    "refining",
    "oil",
    "gas",
    "steel",
    "copper",
    "mining",
    "metals",
    "aluminium",
    "cement",
    "telecommunications",
    "electricity",
    "electronics",
    "textile",
    "pharmaceutical",
    "food",
    "agriculture",
    "construction",
    "machinery",
    "shipbuilding",
    "aerospace",
    "rail",
    "defence",
    "finance",
    "trade",
    "tourism",
    "technology",
    "energy",
    "water",
    "housing",
    "health",
]


@pytest.fixture(autouse=True)
def fresh_caches():
    """Each test reads the files itself: one of them swaps the files."""
    cached = (schema.classes, schema.properties, schema.sectors, schema._sectors_by_key, schema.sector_scheme_label)
    for function in cached:
        function.cache_clear()
    yield
    for function in cached:
        function.cache_clear()


def parsed(name: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(path=str(ontology_path(name)))}


def individuals(kind: str) -> set[str]:
    named = schema.term(f"ig:{kind}")
    typed = [
        t.subject for t in parsed("indiggraph.ttl") if t.predicate == schema.term("rdf:type") and t.object == named
    ]
    return {node.value.removeprefix(schema.NAMESPACES["ig"]) for node in typed if isinstance(node, ox.NamedNode)}


def test_contract_classes_are_defined():
    assert set(CLASSES) <= set(schema.classes())


def test_contract_properties_are_defined():
    assert set(PROPERTIES) <= set(schema.properties())


@pytest.mark.parametrize("kind", [ThingType, FactType])
def test_model_types_are_classes(kind: type[StrEnum]):
    assert {item.value for item in kind} <= set(schema.classes())


def test_model_tops_agree_with_subclasses():
    tops = {item: schema.ancestors(item.value)[-2] for item in ThingType}
    assert tops == {item: item.top.value for item in ThingType}


def test_facts_are_facts():
    assert all(schema.ancestors(item.value) == (item.value, "Fact") for item in FactType)


def test_roles_are_properties_of_facts():
    fact = schema.NAMESPACES["ig"] + "Fact"
    assert {schema.properties()[role.value].domain for role in RoleName} == {(fact,)}


@pytest.mark.parametrize("kind", [Modality, Direction, Bound])
def test_model_values_are_individuals(kind: type[StrEnum]):
    assert individuals(kind.__name__) == {item.value for item in kind}


def test_every_term_has_label_and_definition():
    terms = [*schema.classes().values(), *schema.properties().values()]
    assert [item.name for item in terms if len(item.label) < 2 or len(item.definition) < 10] == []


def test_every_property_has_domain_and_range():
    open_ended = {"theme"}  # a thing or a literal, which OWL cannot say of one property
    lacking = {item.name for item in schema.properties().values() if not item.domain or not item.range}
    assert lacking == open_ended


def test_unions_are_read_as_alternatives():
    names = {iri.rpartition("#")[2] for iri in schema.properties()["confidence"].domain}
    assert names == {"Fact", "Tenure"}


def test_alignments_name_the_vocabularies_of_the_contract():
    aligned = {iri for item in schema.classes().values() for iri in item.aligned}
    for prefix in ("schema", "foaf", "org", "prov", "oa", "skos"):
        assert any(iri.startswith(schema.NAMESPACES[prefix]) for iri in aligned), prefix


def test_unknown_class_is_an_error():
    with pytest.raises(ResourceError, match="no class 'Ministry'"):
        schema.ancestors("Ministry")


def test_unknown_prefix_is_an_error():
    with pytest.raises(KeyError):
        schema.term("nope:agent")


def test_every_written_class_has_a_shape():
    target = ox.NamedNode("http://www.w3.org/ns/shacl#targetClass")
    shaped = {t.object for t in parsed("shapes.ttl") if t.predicate == target}
    needed = {schema.term(f"ig:{name}") for name in CLASSES}
    others = ("schema:MonetaryAmount", "schema:QuantitativeValue", "time:TemporalEntity", "org:Role")
    assert needed | {schema.term(name) for name in others} <= shaped


# ---- sectors -----------------------------------------------------------------------------------------------


def test_sectors_hold_the_keys_that_annotations_use():
    keys = {item.key for item in schema.sectors()}
    assert {*KEYS, "home appliance"} <= keys
    assert 60 <= len(keys) <= 80


def test_sector_is_found_by_key():
    found = schema.sector("home appliance")
    assert found.iri == "https://w3id.org/indiggraph/id/sector/home-appliance"
    assert found.label == "home appliance"
    assert found.broader == "manufacturing"


def test_unknown_sector_is_an_error():
    with pytest.raises(ResourceError, match="no sector 'unicorns'"):
        schema.sector("unicorns")


def test_keys_are_lower_case_and_tell_the_slug():
    assert all(item.key == item.key.lower() and item.slug == item.key.replace(" ", "-") for item in schema.sectors())


def test_no_name_belongs_to_two_sectors():
    names = [name.casefold() for item in schema.sectors() for name in (item.label, *item.alt_labels)]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("car industry", "automotive"),
        ("auto industry", "automotive"),
        ("car manufacturing", "automotive"),
        ("automobile", "automotive"),
        ("auto parts", "automotive"),
        ("petrochemicals", "petrochemical"),
        ("petrochemical industry", "petrochemical"),
        ("aluminum", "aluminium"),
        ("home appliances", "home appliance"),
        ("semiconductors", "electronics"),
        ("banking", "finance"),
        ("power sector", "electricity"),
    ],
)
def test_names_of_the_news_lead_to_the_sector(name: str, key: str):
    assert name in schema.sector(key).alt_labels


FALSE_FRIENDS = [
    "auto",
    "car",
    "chip",
    "chips",
    "tech",
    "power",
    "plant",
    "ship",
    "building",
    "medicine",
    "drug",
    "tile",
    "paper",
    "wood",
    "glass",
    "rubber",
    "battery",
    "commerce",
    "services",
    "shipping",
    "metro",
    "bus",
    "truck",
    "lead",
    "zinc",
    "gold",
    "stone",
    "crude",
    "aircraft",
    "vehicle",
    "vehicles",
    "drinks",
    "hotel",
    "hotels",
    "railroading",
    "farm",
    "insurance",
    "mobile",
    "sugar",
    "oilman",
    "capital",
    "industry",
    "industries",
    "sector",
    "manufacture",
    "production",
]


def test_other_names_mean_nothing_else():
    names = {name.casefold() for item in schema.sectors() for name in item.alt_labels}
    assert names & set(FALSE_FRIENDS) == set()


def test_keys_that_mean_other_things_do_not_stand_alone():
    alone = {item.key for item in schema.sectors() if item.standalone}
    assert (
        alone & {"trade", "finance", "technology", "construction", "water", "food", "paper", "gold", "retail"} == set()
    )
    assert {"steel", "automotive", "tourism", "petrochemical"} <= alone


def test_broader_sectors_end_at_a_top():
    above = {item.key: item.broader for item in schema.sectors()}
    for key in above:
        chain = [key]
        while above[chain[-1]] is not None:
            chain.append(above[chain[-1]])
            assert len(chain) <= 4, chain


def test_matches_are_codes_of_isic():
    namespace = schema.NAMESPACES["isic"]
    for item in schema.sectors():
        assert item.matches, item.key
        for relation, iri in item.matches:
            assert relation in {"exactMatch", "closeMatch", "broadMatch", "narrowMatch"}
            assert re.fullmatch(re.escape(namespace) + r"([A-U]|[0-9]{2,4})", iri), iri


def test_isic_item_is_exactly_one_sector():
    exact = [iri for item in schema.sectors() for relation, iri in item.matches if relation == "exactMatch"]
    assert sorted(exact) == sorted(set(exact))


# ---- broken files ------------------------------------------------------------------------------------------


def test_file_that_is_no_turtle_is_an_error_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "sectors.ttl").write_text("@prefix a: <http://example.org/> .\na:b a:c ; ; .\n a:d 'x\n")
    monkeypatch.setattr(schema, "ontology_path", lambda name: tmp_path / name)
    with pytest.raises(ResourceError, match=r"sectors\.ttl:\d"):
        schema.sectors()


def test_sector_without_key_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    ig = schema.NAMESPACES["ig"]
    (tmp_path / "sectors.ttl").write_text(f"<http://example.org/s> a <{ig}Sector> .\n")
    monkeypatch.setattr(schema, "ontology_path", lambda name: tmp_path / name)
    with pytest.raises(ResourceError, match="0 values of skos:prefLabel"):
        schema.sectors()


def test_missing_file_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(schema, "ontology_path", lambda name: tmp_path / name)
    with pytest.raises(ResourceError, match="cannot be read"):
        schema.sectors()
