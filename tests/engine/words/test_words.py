"""Words against known truths: planted phrases, hand-written comments that nothing learnt from, a dictionary's cases."""

import re
from pathlib import Path

import numpy as np
import pytest

from laotie.engine.words import INTENTS, Model, intent, intents, lexicon, model, reasons, tone, train
from laotie.engine.words.grams import grams
from laotie.engine.words.model import BadModel

HELD_OUT = Path(__file__).with_name("intents_held_out.txt")
RULES = {  # what a shop would write down in an afternoon; the first that fits
    "price": "多少钱|价格|什么价|怎么卖|优惠|便宜|包邮|运费|how much|price|cost|discount|coupon",
    "link": "链接|几号|小黄车|店铺|link|cart|number",
    "size": "尺码|尺寸|多大|穿|码|size|fit|how big|how long",
    "stock": "还有|有货|现货|补货|库存|卖完|没了|available|in stock|left|sold out|restock",
    "buy": "怎么买|哪里买|哪买|想买|下单|怎么拍|how (do|can|to).*(buy|order)|where.*(buy|get)|i want",
}
GOOD = ("很好", "喜欢", "满意", "lovely", "great")
BAD = ("糟糕", "失望", "后悔", "awful", "terrible")
FILLER = ("这个", "东西", "昨天", "收到", "颜色", "蓝色", "the", "thing", "came", "today")


def planted(size: int, seed: int) -> tuple[list[str], np.ndarray]:
    """Texts of filler with one telling word; a tenth of the telling words lie."""
    random = np.random.default_rng(seed)
    good = random.random(size) < 0.5
    lies = random.random(size) < 0.1
    telling = [random.choice(GOOD if kind != lie else BAD) for kind, lie in zip(good, lies, strict=True)]
    return [" ".join([*random.choice(FILLER, 4), word]) for word in telling], good


@pytest.fixture(scope="module")
def learnt() -> Model:
    texts, good = planted(3000, 1)
    return train(texts, good.tolist())


def test_an_n_gram_never_runs_over_into_the_next_text():
    apart = grams(["ab", "cd"], (8, 10, 10))
    assert (apart[0] != grams(["ab"], (8, 10, 10))).nnz == 0
    assert (apart[1] != grams(["cd"], (8, 10, 10))).nnz == 0
    assert apart[0].sum() == 4 + 3 + 2  # start, a, b, end; their pairs; their triples


def test_shorter_n_grams_keep_their_buckets():
    long, short = grams(["物流很慢"], (8, 10, 12)), grams(["物流很慢"], (8, 10))
    assert (long[:, : short.shape[1]] != short).nnz == 0


def test_full_width_and_capital_letters_say_the_same():
    assert (grams(["ＧＯＯＤ  one"], (8, 10)) != grams(["good one"], (8, 10))).nnz == 0


def test_no_text_is_no_n_gram_and_no_fault():
    assert grams(["", "  "], (8, 10)).shape == (2, 256 + 1024)
    assert intent([]) == []
    assert Model().hints([]) == []


def test_tone_finds_what_was_planted_and_knows_how_well(learnt: Model):
    texts, good = planted(1000, 2)
    bad = learnt.tone.bad(texts)
    right = ((bad < 0.5) == good).mean()
    assert right == pytest.approx(0.9, abs=0.03)  # no more than the planted truth allows
    assert learnt.tone.accuracy == pytest.approx(0.9, abs=0.04)
    assert learnt.tone.judged == 300
    assert bad[~good].mean() == pytest.approx(0.9 * 0.9 + 0.1 * 0.1, abs=0.1)  # a chance, not a shout


def test_a_market_with_too_few_bad_reviews_learns_no_tone():
    texts, good = planted(model.ENOUGH, 3)
    assert train(texts, good.tolist()).tone is None
    assert Model().hints(["糟糕"])[0].bad is None


def test_a_stored_model_judges_as_it_did_and_names_itself_by_its_content(learnt: Model):
    content = learnt.to_bytes()
    again = Model.from_bytes(content)
    texts, _ = planted(200, 4)
    assert again.tone.margin(texts).tobytes() == learnt.tone.margin(texts).tobytes()
    assert again.version == learnt.version
    assert train(*(list(part) for part in planted(3000, 1))).version == learnt.version
    assert train(*(list(part) for part in planted(3000, 5))).version != learnt.version
    assert len(content) < 16e6


@pytest.mark.parametrize("content", [b"", b"no model", b"PK\x03\x04 half a file"])
def test_what_is_no_model_is_refused(content: bytes):
    with pytest.raises(BadModel, match="it is no model of words"):
        Model.from_bytes(content)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("物流太慢了，等了半个月", "late"),
        ("The parcel was two weeks late.", "late"),
        ("箱子破了，里面压坏了好几个", "damaged"),
        ("Arrived smashed, glass everywhere", "damaged"),
        ("跟图片不一样，颜色不对", "not_as_claimed"),
        ("It is a fake, not as described", "not_as_claimed"),
        ("掉色，做工粗糙", "quality"),
        ("Stopped working after two days", "quality"),
        ("客服态度差，不理人", "service"),
        ("They ignored me and refused to refund", "service"),
        ("刚买就降价，太坑", "price"),
        ("Overpriced, a waste of money", "price"),
        ("穿不上，偏小", "fit"),
        ("Runs small and doesn’t fit", "fit"),
        ("包装没有破损，很满意", ""),
        ("Not damaged at all, well packed", ""),
        ("很好，还会再来", ""),
        ("I was not too late to the party", ""),
        ("a chocolate cake", ""),  # "late" is inside and is no word of it
    ],
)
def test_the_lexicon_says_why(text: str, reason: str):
    hint = Model().hints([text])[0]
    assert hint.reason == reason
    assert bool(hint.phrases) == bool(reason)
    assert hint.bad is None


def test_two_reasons_that_weigh_alike_are_no_hint():
    assert Model().hints(["太贵，太慢了，偏小"])[0].reason == ""


def test_reasons_are_learnt_from_what_buyers_chose():
    random = np.random.default_rng(6)
    words = {"quality": ("起毛边", "fabric frays"), "late": ("催了三遍", "courier vanished"), "fit": ("勒肩", "gapes")}
    why = [(f"{random.choice(FILLER)} {random.choice(said)}", name) for name, said in words.items() for _ in range(100)]
    taught = train([], [], why)
    assert taught.tone is None
    assert [hint.reason for hint in taught.hints(["勒肩了", "the fabric frays", "courier vanished again"])] == [
        "fit", "quality", "late",
    ]  # fmt: skip
    assert taught.hints(["收到就坏，碎了"])[0].reason == "damaged"  # not taught: the lexicon speaks
    assert Model.from_bytes(taught.to_bytes()).hints(["勒肩了"]) == taught.hints(["勒肩了"])


def test_too_few_chosen_reasons_teach_nothing():
    assert reasons.fit(["起毛边"] * 150 + ["勒肩"] * 9, ["quality"] * 150 + ["fit"] * 9) is None


def by_rules(text: str) -> str:
    return next((name for name, rule in RULES.items() if re.search(rule, text)), "")


def test_intent_in_comments_beats_rules_of_keywords():
    texts, names = intents.examples(HELD_OUT.read_text(encoding="utf-8"))
    taught, _ = intents.examples((Path(intents.__file__).with_name("intents.txt")).read_text(encoding="utf-8"))
    assert not set(texts) & set(taught)
    assert set(names) == {*INTENTS, ""}
    found = intent(texts)
    right = np.mean([a == b for a, b in zip(found, names, strict=True)])
    ruled = np.mean([by_rules(text) == name for text, name in zip(texts, names, strict=True)])
    assert right >= 0.85
    assert right >= ruled + 0.1
    asking, asked = np.array(names) != "", np.array(found) != ""
    assert (asked & asking).sum() / asked.sum() >= 0.85  # of those it calls askers, few are none


@pytest.mark.slow
def test_chinese_reviews_are_judged_better_than_by_one_member():
    from benchmarks import words

    if not (words.DATA / words.FILE).is_file():
        pytest.skip(f"reviews_zh is not at {words.DATA} (LAOTIE_DATA)")
    texts, good = words.reviews(words.DATA)
    judge = np.arange(len(texts)) % 5 == 0
    learn = [text for text, held in zip(texts, judge, strict=True) if not held]
    held = [text for text, held in zip(texts, judge, strict=True) if held]
    assert words.accuracy(tone.fit(learn, good[~judge]).margin(held), good[judge]) >= 0.937


def test_every_reason_has_words_in_both_languages():
    assert {
        hint.reason for hint in Model().hints(["发霉", "碎了", "发错货", "还没到", "不理人", "太贵", "偏大"])
    } == set(lexicon.REASONS)
