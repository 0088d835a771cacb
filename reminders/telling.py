"""The policy and what it would move, in words."""

from __future__ import annotations

from datetime import date

from prompts.catalog import label, number, say
from records.model import RISK_CLASSES
from reminders.policy import Policy
from reminders.preview import EFFECTS, Move, Preview
from reminders.wording import reason


def policy_words(policy: Policy, lang: str, since: date | None = None) -> str:
    """The whole policy as people read it (HTML)."""
    comma = ", " if lang == "en" else "、"
    classes = [f"{label('risk_class', name, lang)} {getattr(policy.visit, name)}" for name in RISK_CLASSES]
    return say(
        "policy.text",
        lang,
        p=policy,
        since=since,
        classes=comma.join(classes),
        also=comma.join(label("rule", code, lang) for code in policy.special.also),
        never=comma.join(label("rule", code, lang) for code in policy.special.never),
        built=comma.join(
            [label("product", name, lang) for name in policy.construction.products]
            + [label("purpose", name, lang) for name in policy.construction.purposes]
        ),
        sooner=_sooner(policy, lang),
    )


def _sooner(policy: Policy, lang: str) -> list[str]:
    sooner = policy.sooner
    lines = [
        say("policy.sooner", lang, what=label("product", name, lang), days=days)
        for name, days in sooner.products.items()
    ]
    lines += [say("policy.sooner", lang, what=code, days=days) for code, days in sooner.borrowers.items()]
    if sooner.amount:
        lines.append(say("policy.sooner_amount", lang, amount=sooner.amount, days=sooner.amount_days))
    if sooner.collateral:
        share = number(sooner.collateral * 100)
        lines.append(say("policy.sooner_collateral", lang, share=share, days=sooner.collateral_days))
    return lines


def preview_words(found: Preview, lang: str) -> str:
    """Counts by branch and kind, then the first moves with why (HTML)."""
    lines = [say("policy.preview", lang, version=found.version, count=found.total, borrowers=found.borrowers)]
    for branch, kind, counts in found.rows():
        effects = [
            say(f"policy.effect.{name}", lang, count=count)
            for name, count in zip(EFFECTS, counts, strict=True)
            if count
        ]
        what = label("visit_kind", kind, lang)
        joined = (", " if lang == "en" else "，").join(effects)
        lines.append(say("policy.preview_row", lang, branch=branch, kind=what, effects=joined))
    if found.first:
        lines.append(say("policy.first", lang, count=len(found.first)))
    lines += [_line(move, lang) for move in found.first]
    if found.anyway:
        lines.append(say("policy.anyway", lang, count=found.anyway))
    return "\n".join(lines)


def _line(move: Move, lang: str) -> str:
    return say(
        "policy.move",
        lang,
        name=move.called,
        code=move.borrower_code,
        kind=label("visit_kind", move.kind, lang),
        was=move.was,
        day=move.day,
        why=reason(move.why, lang),
    )
