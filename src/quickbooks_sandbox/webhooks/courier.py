"""Carries notifications over HTTP while the sandbox is served. A simulation does without: it calls `deliver_due`."""

import asyncio
import logging

from quickbooks_sandbox.webhooks.webhooks import Webhooks

log = logging.getLogger("quickbooks_sandbox")

LOOKS_EVERY_S = 0.1
ANSWER_WITHIN_S = 3.0


async def run(webhooks: Webhooks) -> None:
    """Until it is cancelled."""
    while webhooks.configuration.url is None:
        await asyncio.sleep(LOOKS_EVERY_S)
    # Imported on use: most sandboxes tell nobody, and all should start fast.
    import aiohttp

    limit = aiohttp.ClientTimeout(total=ANSWER_WITHIN_S)
    async with aiohttp.ClientSession(timeout=limit) as session:

        async def post(url: str, headers: dict[str, str], body: bytes) -> int:
            try:
                # A redirect could lead off this machine, so it counts as a refusal.
                async with session.post(url, data=body, headers=headers, allow_redirects=False) as answer:
                    return answer.status
            except (aiohttp.ClientError, TimeoutError, OSError):
                return 0

        while True:
            try:
                await webhooks.deliver_due(post)
            except Exception:
                log.exception("notifications")
            await asyncio.sleep(LOOKS_EVERY_S)
