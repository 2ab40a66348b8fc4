"""Ordinary companies in Hangul and Han in, alerts per 10,000 out.

    python benchmarks/accuracy/native_companies.py [--sample N] [--hits 20]

No register of companies in these scripts is at hand, so their names are made: of two syllables that Korean and Chinese
firms are named by (three in one of ten), a word that says what a firm does, a legal form, and in every third name a
city before it, drawn with a fixed seed, 5,000 of each language. They are searched by name alone in OFAC's list of
2023-12-28, the UN's of 2025-11-20 and the EU's of 2021-03-02 together. The syllables are the auspicious ones, so that
the names are as like each other, and like listed ones, as such names are.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules that the folders share

from measure import EU_2021, FLOOR, OFAC_2023, UN_2025, WORKERS, arguments, designations, head, sampled, show

from screenkit import Screener

SEED, COUNT = 20160926, 5_000
THRESHOLDS = (6_000, 6_500, 7_000, 8_000, 9_000, 9_900)
#: Syllables, words, legal forms (the form before or after the rest) and cities of each language.
LANGUAGES = {
    "Korean": (
        "대동성광신한태삼금은진흥영창유일명화원산천해남북서경평안승보국민세정우선도현백청조룡봉강미",
        "무역 상사 전자 건설 해운 물산 화학 식품 기계 금속 섬유 은행 증권 수산 기술",
        "주식회사{} {}주식회사 (주){} {}회사 {}",
        "서울 부산 인천 대구 평양",
    ),
    "Chinese": (
        "华中大金鑫海天新东方泰宏恒达兴盛隆祥瑞丰源通顺发利和安康美德信诚正永昌荣福宝银龙凤联合远洋星光明辉至鸿裕",
        "贸易 进出口 实业 科技 机械 化工 金属材料 国际贸易 船务 物流 电子 投资 食品 煤炭",
        "{}有限公司 {}有限责任公司 {}股份有限公司 {}集团有限公司 {}公司",
        "北京 上海 大连 丹东 深圳 青岛 广州 沈阳",
    ),
}


def companies(language: str) -> list[str]:
    """Names of companies of a language, each once."""
    syllables, *words = LANGUAGES[language]
    trades, forms, cities = map(str.split, words)
    draw = random.Random(f"{SEED} {language}")
    made: dict[str, None] = {}
    while len(made) < COUNT:
        brand = "".join(draw.sample(syllables, 3 if draw.random() < 0.1 else 2))
        city = draw.choice(cities) if draw.random() < 1 / 3 else ""
        made[draw.choice(forms).format(f"{city}{brand}{draw.choice(trades)}")] = None
    return list(made)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--hits", type=int, default=0, help="print so many of the names that alert, with what they hit")
    given = parser.parse_args()
    screener = Screener(designations(OFAC_2023, UN_2025, EU_2021))
    head("companies", "names", *(f">= {threshold / 10_000:.2f}" for threshold in THRESHOLDS))
    shown: list[str] = []
    for language in LANGUAGES:
        names = sampled(companies(language), given.sample)
        found = list(screener.screen_many(names, threshold=FLOOR / 10_000, limit=1, workers=WORKERS))
        best = [screening.hits[0].points if screening.hits else 0 for screening in found]
        rates = [10_000 * sum(points >= threshold for points in best) / len(best) for threshold in THRESHOLDS]
        show(language, f"{len(names):,}", *(f"{rate:.0f}" for rate in rates))
        shown += [
            f"  {screening.hits[0].points:6} {name} | {screening.hits[0].matched_name.text}"
            for name, screening in zip(names, found, strict=True)
            if screening.hits and screening.hits[0].points >= THRESHOLDS[0]
        ]
    print("\n".join(sampled(shown, given.hits)))


if __name__ == "__main__":
    main()
