"""What mentions of one text refer to: each text has one difficulty; people and bodies are made up."""

from __future__ import annotations

import pytest

from tests.resolve.marked import clusters, link, read

TEXTS = [
    pytest.param(
        "[Arman Delkhosh|person|a] spoke. [Delkhosh|person|a] left. [Mr. Delkhosh|person|a] came back.",
        id="surname, with and without a form of address",
    ),
    pytest.param(
        "[Arman Delkhosh|person|a] met [Sara Delkhosh|person|b] there. Costs rose. [Sara Delkhosh|person|b] left. "
        "[Delkhosh|person|b] added this.",
        id="a surname that two share goes to the one mentioned last",
    ),
    pytest.param(
        "[Arman Delkhosh|person|a] met [Sara Delkhosh|person|b] there. [Delkhosh|person|-] added this.",
        id="a surname that two share is left open where both were mentioned together",
    ),
    pytest.param(
        "[Arman Qanbari|person|a] met [Sara Ghanbari|person|b]. [Qanbari|person|a] spoke, then [Ghanbari|person|b].",
        id="of two surnames that sound alike the one that is spelt so",
    ),
    pytest.param(
        "[Ahmad Tavassoli|person|a] met [Parviz Haj-Tavassoli|person|b]. [Tavassoli|person|a] spoke first, then "
        "[Haj-Tavassoli|person|b].",
        id="Haj is a part of the surname",
    ),
    pytest.param(
        "[Lucía Ferrer Ocampo|person|a] and [Tomás Ferrer Luna|person|b] met. [Ferrer Ocampo|person|a] spoke.",
        id="two surnames are no full name",
    ),
    pytest.param(
        "[Dame Harriet Oakshott|person|a] opened it. [Dame Harriet|person|a] is 60. [Oakshott|person|a] left.",
        id="a title with a first name",
    ),
    pytest.param(
        "[Cheng Baolin|person|a] spoke in Lusaka. [Cheng|person|a] then left.",
        id="a surname that comes first",
    ),
    pytest.param(
        "[Northern Dairy Board|body|a] was set up in 1990. The [NDB|body|a] sells milk.",
        id="an acronym of the initials",
    ),
    pytest.param(
        "[Zenda Copper Smelters Plc|company|a] lost money. [ZCS|company|a] pays 9 million.",
        id="an acronym without the legal form",
    ),
    pytest.param(
        "The [Torvan Millers Trust|body|a] met. The [trust|body|a] paid.",
        id="a trust by its kind",
    ),
    pytest.param(
        "[NDB|body|a] and [NSB|body|b] met. [Northern Dairy Board|body|a] sells milk.",
        id="an acronym before its long form, beside another one",
    ),
    pytest.param(
        "[Harran Coastal Salt Company|company|a] and [HCSC|company|a] sell salt. [Harran Salt Company|company|b] or "
        "[HSC|company|b] owns it.",
        id="a company and its parent, each with an acronym",
    ),
    pytest.param(
        "[Ministry of Fishery, Mine and Transport|body|a] and the [Finance Ministry|body|b] met. "
        "The [Fishery Ministry|body|a] paid. The [Transport and Fisheries Ministry|body|a] too.",
        id="a ministry by a part of its fields, in another order",
    ),
    pytest.param(
        "[Quarrel Semiconductor|company|a] hired. [Quarrel|company|a] pays well.",
        id="a company by its first word, once it is introduced",
    ),
    pytest.param(
        "[Varzan|company|a] grew. [Varzan Tabas|company|b] did not. [Varzan Group|company|a] owns it.",
        id="a parent is its group, not its subsidiary",
    ),
    pytest.param(
        "[Castora Milling Company|company!|a] grew by half. [Orban Bank|company|b] lent to it. "
        "[The company|company~|a] will repay [the bank|company~|b].",
        id="the company is no bank",
    ),
    pytest.param(
        "[Velmar Growers Association|body|a] met. [SADA|company!|b] grew, and [SADA|company!|b] sells. "
        "[The association|company~|a] paid.",
        id="an association by its name comes before an acronym that may be one",
    ),
    pytest.param(
        "[Zenda Steel Holding|company|h] was sold. [Zenda Steel Company|company|c], a subsidiary, lost money.",
        id="a holding and the company that is called like it",
    ),
    pytest.param(
        "[Afshin Qanbari|person|a] and [Nader Ghanbari|person|b] came. [Ghanbari|person|b] spoke. "
        "[Qanbari|person|a] left.",
        id="each surname in the spelling of its bearer",
    ),
    pytest.param(
        "[The agency|body~|-] refused. [A company|company~|-] complained.",
        id="descriptions without an antecedent are no things",
    ),
    pytest.param(
        "[The ministry|body~|m] refused. Traders asked [the ministry|body~|m] again.",
        id="... but a ministry is one, though the text never names it",
    ),
    pytest.param(
        "[Iranian|place|x] exports rose. [The government|body~|g] agreed. [The government|body~|g] paid.",
        id="the government is one",
    ),
    pytest.param(
        "[European Fisheries Commission|body|c] met. On Monday the [Commission|body|c] voted.",
        id="a kind as a name",
    ),
    pytest.param(
        "[Kenya|place|k] buys from [China|place|c]. Exports of [Kenya|place|k] fell; [the country|place~|k] lends.",
        id="the country of the text",
    ),
    pytest.param(
        "[Lucía Ferrer|person!|a] spoke. [Ana Prado|person|b] listened. [She|person^!|a] left. "
        "[Her|person^|a] plan failed.",
        id="a pronoun goes to the subject of the sentence before",
    ),
    pytest.param(
        "[Ana Prado|person!|a] spoke with [Arman Delkhosh|person|b]. [She|person^!|a] left. [He|person^!|b] stayed.",
        id="who was she before is not he",
    ),
    pytest.param(
        "[Ana Prado|person!|a] spoke. [Arman Delkhosh|person!|b], [she|person^!|a] added, has left.",
        id="who speaks aside is not who is spoken of",
    ),
    pytest.param(
        "Mrs. [Prado Ruiz|person!|a] spoke with [Arman Delkhosh|person|b]. [He|person^!|b] left.",
        id="a title says he or she",
    ),
    pytest.param(
        "[Ana Prado|person!|a] spoke. [She|person^!|a] left. [Mina Saberi|person!|b] came. [She|person^!|b] stayed.",
        id="the subject of the last sentence goes before the one of those before",
    ),
    pytest.param(
        "[Ana Prado|person!|a] spoke. [A union spokesman|person~!|-] protested. [He|person^!|-] left.",
        id="a pronoun for an unnamed speaker is no thing",
    ),
    pytest.param(
        "[Ana Prado|person!|a] spoke about it. [The official|person~!|a] added more.",
        id="the official is the last speaker",
    ),
    pytest.param(
        "[The head of the chamber|person~!|a] praised it. According to [Ana Prado|person!|a], more is to come.",
        id="a speaker described first and named then",
    ),
    pytest.param(
        "[26 domestic valve makers|group~|m] signed. The deals with the [valve manufacturers|group~|m] are large. "
        "[Valve buyers|group~|b] wait.",
        id="numbers and like heads make no new group",
    ),
    pytest.param(
        "[Turkish toolmakers|group~|t] and [Chinese toolmakers|group~|c] compete.",
        id="groups of two countries are two",
    ),
    pytest.param(
        "[Oil and gas operators|group~|a] met. [Dairy farmers|group~|b] too. Later [operators|group~|a] spent more.",
        id="a bare plural is the only group of its head",
    ),
    pytest.param(
        "[Their Turkish counterparts|group~|t] wait. [Turkish yarn spinners|group~|t] invest.",
        id="counterparts are the nearest group of that country",
    ),
    pytest.param(
        "[Companies which make steel valves|group~|m] met. [Steel valve makers|group~|m] hope.",
        id="a relative clause says what a head noun says",
    ),
    pytest.param(
        "The [Clean Water Plan|program|p] is ready. [The scheme|program~|p] has ten parts. [The law|program~|-] waits.",
        id="a plan is a scheme but no law",
    ),
    pytest.param(
        "[rural dairy training desks|program~|d] open soon. "
        "[The program for setting up rural dairy training desks|program~|d] is old.",
        id="a description within a longer one",
    ),
    pytest.param(
        "[Salt Fair|event|e] opened in [Yazd|place|y]. [The exhibition|event~|e] closes on Sunday in [YAZD|place|y].",
        id="an event by its kind, a place in capitals",
    ),
]


@pytest.mark.parametrize("text", TEXTS)
def test_text(text: str) -> None:
    marked = read(text)
    wanted, found = clusters(link(marked), marked)
    assert found == wanted


POSTS = [
    pytest.param(
        "[Arman Delkhosh|person!|a], head of the [Salt Fund|body|f], spoke. [Ana Prado|person!|b] followed. "
        "[The Salt Fund chief|person~!|a] agreed. [The fund|body~|f] pays.",
        {"Arman Delkhosh": ("head", "Salt Fund")},
        id="a chief of a body heads it",
    ),
    pytest.param(
        "[A deputy trade minister|person~!|a] said so. [Arman Delkhosh|person!|a], deputy minister of trade and mines, "
        "added more. [The minister|person~!|-] was absent.",
        {"Arman Delkhosh": ("deputy minister of trade and mines", None)},
        id="a deputy is not the minister",
    ),
    pytest.param(
        "[Arman Delkhosh|person!|a], spokesman of the [Salt Fund|body|f], spoke. [Ana Prado|person!|b] followed. "
        "[The spokesman|person~!|a] agreed.",
        {"Arman Delkhosh": ("spokesman", "Salt Fund")},
        id="a spokesman by his post",
    ),
    pytest.param(
        "[Arman Delkhosh|person!|a], the energy minister, met [Ana Prado|person|b], the mayor. "
        "[The minister|person~!|a] spoke. [The mayor|person~!|b] spoke.",
        {"Arman Delkhosh": ("energy minister", None), "Ana Prado": ("mayor", None)},
        id="descriptions go to the holders of the posts",
    ),
]


@pytest.mark.parametrize(("text", "posts"), POSTS)
def test_posts(text: str, posts: dict[str, tuple[str, str | None]]) -> None:
    marked = read(text, posts=posts)
    wanted, found = clusters(link(marked), marked)
    assert found == wanted


def test_each_link_has_a_reason() -> None:
    marked = read("[Northern Dairy Board|body|a] was set up. The [NDB|body|a] sells milk. [The board|body~|a] grew.")
    linker = link(marked)
    reasons = [linker.why(mention) for mention in marked.expected]
    assert reasons == ["a name of its own", "the acronym of the longer name", "the nearest such body before it"]
    assert linker.why("no such mention") is None
