#!/usr/bin/env python3
"""Asks `annalist mcp` with the official client of the Model Context Protocol, which holds every answer to its schema.

    python3 evals/chatbot.py [--annalist target/release/annalist]

The client comes with the readers of evals/formats.py; where no package registry is reachable the script says so and passes.
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

import formats

ASKED = {
    "situation_overview": {}, "search_events": {"type": "ASSAULT"}, "get_figures": {"what": "killed"}, "get_process": {},
    "what_changed": {"since": "2000-01-01"}, "check_claim": {"sentence": "FARC rebels killed eleven soldiers in Cauca on 14 April 2015."},
}


async def ask(annalist, archive):
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    server = StdioServerParameters(command=str(annalist), args=["mcp", "--archive", str(archive)])
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        hello = await session.initialize()
        tools = (await session.list_tools()).tools
        assert len(tools) <= 9 and all(tool.output_schema and tool.annotations.read_only_hint for tool in tools)
        found = await session.call_tool("search_events", ASKED["search_events"])
        asked = {**ASKED, "get_event": {"id": found.structured_content["events"][0]["id"]}}
        asked["compare_reports"] = {"one": "herald", "other": "lantern"}
        assert set(asked) == {tool.name for tool in tools}
        for name, arguments in asked.items():
            answer = await session.call_tool(name, arguments)
            assert not answer.is_error and answer.structured_content, (name, answer)
        print(f"mcp: the client speaks {hello.protocol_version} and calls {len(tools)} tools, each answer fits its schema")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annalist", type=Path, default=formats.ROOT / "target/release/annalist")
    parser.add_argument("--within", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not arguments.within:
        python = formats.environment()
        if python is None:
            print("mcp: skipped, no package registry is reachable")
            return
        raise SystemExit(subprocess.run([python, "-B", __file__, "--within", "--annalist", arguments.annalist.resolve()]).returncode)
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "annals.db"
        add = [arguments.annalist, "add", "--fast", "herald.txt", "lantern.txt", "--archive", archive]
        subprocess.run(add, check=True, stdout=subprocess.DEVNULL, cwd=formats.ROOT / "examples/cauca")
        asyncio.run(ask(arguments.annalist, archive))


if __name__ == "__main__":
    main()
