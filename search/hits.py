"""What a list of hits shows of each page, read together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from parks.choices import CompanyKind, CreditRole
from parks.gathering import STEP, Links, Part, PublicPages, Rows, gather, look_up
from parks.models import (
    CompanyName,
    MakerCredit,
    ParkName,
    RideName,
)
from search.finding import IN_A_STORY, Hit
from search.marking import Piece, holds, marked, passage
from search.models import Kind
from search.questions import Question
from search.reading import MODEL_OF

PAGE = ("id", "path", "depth", "title", "slug", "url_path", "page_ptr_id", "live")
NAME = ("id", "page_id", "text", "kind", "language", "began", "ended", "sort_order")


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the list. `other_name` is there when the title says too little."""

    page: Any
    kind: Kind
    title: list[Piece]
    what: str
    where: list[Piece]
    makers: list[Piece]
    other_name: Any = None
    other_text: Sequence[Piece] = ()
    passage: Sequence[Piece] = ()


def show(
    hits: Sequence[Hit],
    question: Question,
    public: PublicPages,
    *,
    with_passages: bool = False,
) -> list[Shown]:
    """The hits as they are listed. One whose page is gone meanwhile is left out."""
    rows = _rows(hits, public)
    links = _links(rows, public)
    pages = {page.pk: page for kind in Kind for page in rows[kind.name]}
    told = [hit for hit in hits if hit.class_ == IN_A_STORY] if with_passages else []
    stories = _stories(told)
    showing = _Showing(rows, links, question)
    return [
        showing.line(pages[hit.pk], hit.kind, stories.get(hit.pk, ()))
        for hit in hits
        if hit.pk in pages
    ]


def _rows(hits: Sequence[Hit], public: PublicPages) -> dict[str, Rows]:
    ids: dict[Kind, list[int]] = defaultdict(list)
    for hit in hits:
        ids[hit.kind].append(hit.pk)
    columns: dict[Kind, tuple[str, ...]] = {
        Kind.PARK: ("city", "subdivision", "country", "status"),
        Kind.RIDE: ("category", "status"),
        Kind.MAKER: ("kind", "country", "dissolved"),
        Kind.MODEL: ("manufacturer_id",),
    }
    pages = {
        kind.name: Part(
            public.among(MODEL_OF[kind].objects.filter(pk__in=ids[kind])),
            (*PAGE, *columns[kind]),
        )
        for kind in Kind
    }
    names = {
        "park_names": Part(ParkName.objects.filter(page__in=ids[Kind.PARK]), NAME),
        "ride_names": Part(RideName.objects.filter(page__in=ids[Kind.RIDE]), NAME),
        "maker_names": Part(CompanyName.objects.filter(page__in=ids[Kind.MAKER]), NAME),
    }
    makers = MakerCredit.objects.filter(
        page__in=ids[Kind.RIDE], role=CreditRole.MANUFACTURER
    )
    credits_ = Part(makers, ("id", "page_id", "company_id", "sort_order"))
    return gather({**pages, **names, "credits": credits_})


def _links(rows: dict[str, Rows], public: PublicPages) -> Links:
    return look_up(
        public,
        page_ids=[
            *(credit.company_id for credit in rows["credits"]),
            *(model.manufacturer_id for model in rows[Kind.MODEL.name]),
        ],
        page_paths=[ride.path[:-STEP] for ride in rows[Kind.RIDE.name]],
    )


def _stories(hits: Iterable[Hit]) -> dict[int, tuple[str, ...]]:
    """The prose of pages, one query for each kind among them."""
    ids: dict[Kind, list[int]] = defaultdict(list)
    for hit in hits:
        ids[hit.kind].append(hit.pk)
    found = {}
    for kind, wanted in ids.items():
        bodies = MODEL_OF[kind].objects.filter(pk__in=wanted).values_list("pk", "body")
        for pk, body in bodies:
            found[pk] = tuple(body.stream_block.get_searchable_content(body))
    return found


class _Showing:
    """Puts the rows of all hits together, hit by hit."""

    def __init__(self, rows: dict[str, Rows], links: Links, question: Question) -> None:
        self._links, self._question = links, question
        self._names: dict[int, Rows] = defaultdict(list)
        for relation in ("park_names", "ride_names", "maker_names"):
            for name in rows[relation]:
                self._names[name.page_id].append(name)
        self._makers: dict[int, list[Page]] = defaultdict(list)
        for credit in rows["credits"]:
            if maker := links.pages.get(credit.company_id):
                self._makers[credit.page_id].append(maker)

    def line(self, page: Any, kind: Kind, prose: Sequence[str]) -> Shown:
        where = self._where(page, kind)
        makers = ", ".join(maker.title for maker in self._makers_of(page, kind))
        other = self._other_name(page)
        seen = [page.title, where, makers, *([other.text] if other else [])]
        told = passage(prose, self._question) if not holds(seen, self._question) else ""
        return Shown(
            page=page,
            kind=kind,
            title=self._marked(page.title),
            what=_what(page, kind),
            where=self._marked(where),
            makers=self._marked(makers),
            other_name=other,
            other_text=self._marked(other.text) if other else (),
            passage=self._marked(told),
        )

    def _marked(self, text: str) -> list[Piece]:
        return marked(text, self._question)

    def _where(self, page: Any, kind: Kind) -> str:
        match kind:
            case Kind.PARK:
                return str(page.place())
            case Kind.RIDE:
                above = self._links.above(page)
                return above.title if above else ""
        return ""

    def _makers_of(self, page: Any, kind: Kind) -> list[Page]:
        if kind is Kind.MODEL:
            maker = self._links.pages.get(page.manufacturer_id or 0)
            return [maker] if maker else []
        return self._makers[page.pk]

    def _other_name(self, page: Any) -> Any:
        """The name that explains why the page was found, when its title does not."""
        if holds([page.title], self._question):
            return None
        others = (name for name in self._names[page.pk] if name.text != page.title)
        return next((n for n in others if holds([n.text], self._question)), None)


def _what(page: Any, kind: Kind) -> str:
    match kind:
        case Kind.RIDE:
            return str(page.get_category_display())
        case Kind.MAKER:
            is_person = page.kind == CompanyKind.PERSON
            return str(CompanyKind.PERSON.label if is_person else kind.label)
    return str(kind.label)
