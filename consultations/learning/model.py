"""Which themes an answer may be about: words weighed by how rare they are, and a line for each theme.

Classical and small: TF-IDF over the roots of words, and a linear support vector machine for each
theme. Nothing is downloaded and chance has a seed, so the same answers give the same suggestions.
What it suggests is nothing until a person accepts it.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from consultations.rules.theme_words import recurring
from consultations.rules.words import EMPTY, bare, root, roots, words

SEED = 20160630
PARTS = 5
FEWEST_TO_MEASURE = 20
MOST_SUGGESTED = 3
LEAST_SCORE = 0.4
"""Of three suggestions with this score or more, six in ten are right on the measured sample; with
less, two thirds of what is shown would be wrong."""

EVIDENCE = 4
STRENGTH = 0.5
"""How closely each line follows its examples (LinearSVC's C): the best of 0.2, 0.5 and 1."""


@dataclass(frozen=True)
class Coded:
    """The words of an answer and the keys of the themes that people found in it."""

    text: str
    themes: frozenset[int]


@dataclass(frozen=True)
class Measured:
    """How well it agrees with people on answers that it had not learnt from; shares from 0 to 1.

    ``agreement``: its first suggestion is a theme that people gave. ``precision``: of what it suggests,
    what people gave. ``recall``: of what people gave, what it suggests. ``commonest``: the agreement of
    whoever always says the commonest theme.
    """

    answers: int
    agreement: float
    precision: float
    recall: float
    commonest: float


class Model:
    """Learns from coded answers; each theme's own name counts as one answer about it."""

    def __init__(self, names: dict[int, str], coded: Sequence[Coded]) -> None:
        self.keys = sorted(names)
        texts = [*(one.text for one in coded), *(names[key] for key in self.keys)]
        found = [*(one.themes for one in coded), *(frozenset({key}) for key in self.keys)]
        self.weights = TfidfVectorizer(analyzer=roots, sublinear_tf=True)
        rows = self.weights.fit_transform(texts)
        self.names = self.weights.get_feature_names_out()
        self.lines: dict[int, LinearSVC] = {}
        for key in self.keys:
            about = np.array([key in themes for themes in found])
            if not about.all():
                line = LinearSVC(C=STRENGTH, class_weight="balanced", random_state=SEED)
                self.lines[key] = line.fit(rows, about)

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """A line for each text, a column for each theme in the order of ``keys``; from 0 to 1.

        A text of which no word is known says nothing about any theme: 0.
        """
        rows = self.weights.transform(texts)
        made = np.zeros((len(texts), len(self.keys)))
        for place, key in enumerate(self.keys):
            if key in self.lines:
                made[:, place] = 1 / (1 + np.exp(-2 * self.lines[key].decision_function(rows)))
        made[rows.getnnz(axis=1) == 0] = 0
        return made

    def evidence(self, text: str, key: int) -> list[str]:
        """The words of the text that speak most for the theme, as they are written there."""
        row = self.weights.transform([text])
        speaks = row.data * self.lines[key].coef_[0][row.indices]
        strongest = [self.names[row.indices[i]] for i in np.argsort(-speaks) if speaks[i] > 0]
        telling = (word for word in words(text) if word.partition("'")[0] not in EMPTY)
        written = {root(word): word for word in telling}
        return [written[one] for one in strongest if one in written][:EVIDENCE]


def suggest(path: Path) -> dict[str, Any]:
    """Reads what people coded and what is to be read, and gives suggestions, agreement and phrases.

    The file is JSON: ``themes`` (id -> name), ``coded`` (text, ids), ``open`` (id, text). Run in a child.
    """
    asked = json.loads(path.read_text(encoding="utf-8"))
    names = {int(key): name for key, name in asked["themes"].items()}
    coded = [Coded(text, frozenset(ids)) for text, ids in asked["coded"]]
    answers = [(int(pk), text) for pk, text in asked["open"]]
    texts = [text for _, text in answers]
    measured = measure(names, coded) if len(coded) >= FEWEST_TO_MEASURE else None
    return {
        "suggestions": _suggestions(names, coded, answers),
        "measured": asdict(measured) if measured else None,
        "phrases": _phrases(texts, names),
    }


def measure(names: dict[int, str], coded: Sequence[Coded]) -> Measured:
    """Cross-validation: each answer is asked about once, by a model that has not seen its words.

    The same words sent twice are in the same part, or a campaign would be its own teacher.
    """
    different = sorted({bare(one.text) for one in coded})
    random.Random(SEED).shuffle(different)  # noqa: S311 - no secret
    part_of = {text: number % PARTS for number, text in enumerate(different)}
    keys = sorted(names)
    given = np.array([[key in one.themes for key in keys] for one in coded])
    scores = np.zeros(given.shape)
    for part in range(PARTS):
        asked = [place for place, one in enumerate(coded) if part_of[bare(one.text)] == part]
        learnt = [one for one in coded if part_of[bare(one.text)] != part]
        if asked and learnt:
            scores[asked] = Model(names, _once(learnt)).scores([coded[i].text for i in asked])
    told = _told(scores)
    first = given[np.arange(len(coded)), scores.argmax(axis=1)] & (scores.max(axis=1) > 0)
    right = (told & given).sum()
    return Measured(
        answers=len(coded),
        agreement=float(first.mean()),
        precision=float(right / max(1, told.sum())),
        recall=float(right / max(1, given.sum())),
        commonest=float(given.mean(axis=0).max()),
    )


def _phrases(texts: Sequence[str], names: dict[int, str]) -> list[list[Any]]:
    """Words that many answers share, with how many: names for themes where there are none. The same
    words sent many times count once."""
    different = {bare(text): text for text in texts}
    found = recurring(different.values(), names=list(names.values()))
    return [[one.words, one.texts] for one in found]


def _once(coded: Sequence[Coded]) -> list[Coded]:
    """The same words once, with every theme that anybody found in them."""
    found: dict[str, Coded] = {}
    for one in coded:
        there = found.get(bare(one.text))
        found[bare(one.text)] = Coded(one.text, one.themes | (there.themes if there else set()))
    return list(found.values())


def _told(scores: np.ndarray) -> np.ndarray:
    """Which themes are suggested: the first few of those that score enough."""
    places = np.argsort(-scores, axis=1)[:, :MOST_SUGGESTED]
    first = np.zeros(scores.shape, dtype=bool)
    np.put_along_axis(first, places, values=True, axis=1)
    return first & (scores >= LEAST_SCORE)


def _suggestions(
    names: dict[int, str], coded: Sequence[Coded], answers: Sequence[tuple[int, str]]
) -> list[list[Any]]:
    """Answer, theme, score and evidence. What it has no words to show for is not suggested."""
    if not names or not answers:
        return []
    model = Model(names, _once(coded))
    scores = model.scores([text for _, text in answers])
    made = []
    for line, place in zip(*np.nonzero(_told(scores)), strict=True):
        pk, text = answers[line]
        if evidence := model.evidence(text, model.keys[place]):
            made.append([pk, model.keys[place], round(float(scores[line, place]), 3), evidence])
    return made
