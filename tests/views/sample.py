"""A small graph with made-up people, as triples: what the views are tested on."""

from __future__ import annotations

import pyoxigraph as ox

PREFIXES = """
@prefix ig: <https://w3id.org/indiggraph/ns#> .
@prefix id: <https://w3id.org/indiggraph/id/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix person: <https://w3id.org/indiggraph/id/person/> .
@prefix body: <https://w3id.org/indiggraph/id/organization/> .
@prefix place: <https://w3id.org/indiggraph/id/place/> .
@prefix group: <https://w3id.org/indiggraph/id/group/> .
@prefix fact: <https://w3id.org/indiggraph/id/fact/> .
"""

SAMPLE = """
person:kovacs a ig:Person ; rdfs:label "Anna Kovacs" ; skos:prefLabel "Anna Kovacs" ; skos:altLabel "Kovacs" .
person:nemeth a ig:Person ; skos:prefLabel "Béla Németh" .
body:ministry a ig:Organization, ig:GovernmentBody ; skos:prefLabel "Ministry of Pumps" .
body:alphapump a ig:Organization, ig:Company ; skos:prefLabel "Alphapump" .
group:makers a ig:Group ; skos:prefLabel "domestic pump makers" .
place:radom a ig:Place ; skos:prefLabel "Radom" .
place:gdynia a ig:Place ; skos:prefLabel "Gdynia" .
id:sector-water a ig:Sector ; skos:prefLabel "water" .

fact:deal a ig:Fact, ig:Agreement ; rdfs:label "Ministry of Pumps – agreement: €5 million – domestic pump makers" ;
  ig:agent body:ministry ; ig:counterparty group:makers ; ig:sector id:sector-water ; ig:theme "pumps" ;
  ig:statedBy person:kovacs ; ig:modality ig:Planned ; ig:amount id:amount-deal ; ig:quantity id:quantity-deal ;
  ig:time id:time-deal ; ig:confidence 0.9 ; ig:evidence id:e1, id:e0 .
id:amount-deal a schema:MonetaryAmount ; rdfs:label "over €5 million" ; schema:value 5000000.0 ;
  schema:currency "EUR" ; ig:bound ig:Lower ; ig:equivalent id:amount-deal-usd .
id:amount-deal-usd a schema:MonetaryAmount ;
  rdfs:label "$5.6 million" ; schema:value 5600000.0 ; schema:currency "USD" .
id:quantity-deal a schema:QuantitativeValue ; rdfs:label "40 to 50 pumps" ; schema:minValue 40.0 ;
  schema:maxValue 50.0 ; schema:unitText "pumps" .
id:time-deal rdfs:label "in 2021" ; schema:startDate "2021-01-01"^^xsd:date ; schema:endDate "2021-12-31"^^xsd:date .
fact:share a ig:Fact, ig:Production ; rdfs:label "Alphapump – production" ; ig:agent body:alphapump ;
  ig:place place:radom ; ig:partOf fact:deal ; ig:modality ig:Actual ; ig:evidence id:e1 .

id:t1 a ig:Tenure ; org:member person:kovacs ; org:role id:r1 ; org:organization body:ministry ; ig:evidence id:e0 .
id:t2 a ig:Tenure ; org:member person:nemeth ; org:role id:r2 ; ig:former true ; ig:evidence id:e0 .
id:r1 skos:prefLabel "deputy minister" .
id:r2 skos:prefLabel "mayor" .

id:e0 oa:hasSource id:d1 ; oa:hasSelector id:s0 .
id:e1 oa:hasSource id:d1 ; oa:hasSelector id:s1 .
id:s0 oa:start 0 ; oa:end 39 ; oa:exact "Kovacs, the deputy minister, spoke here." .
id:s1 oa:start 40 ; oa:end 90 ; oa:exact "The ministry will pay makers over €5 million." .
id:d1 a ig:Document ; dcterms:identifier "d1" ; dcterms:title "Pumps for two towns" ;
  dcterms:publisher "Example Wire" ; schema:datePublished "2021-05-08"^^xsd:date .
"""


def triples(turtle: str = SAMPLE) -> list[ox.Triple]:
    """Read Turtle that may use the sample's prefixes."""
    return [quad.triple for quad in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)]
