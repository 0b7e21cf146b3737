"""All pages for looking up, as one part of the application."""

from __future__ import annotations

from fastapi import APIRouter

from checklists.web.look import check, comparing, criteria, items, notices, searching, types

router = APIRouter(include_in_schema=False)
for _part in (notices, items, types, criteria, comparing, searching, check):
    router.include_router(_part.router)
