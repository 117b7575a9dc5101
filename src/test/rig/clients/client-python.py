"""The official Python SDK: lists the tools, calls one, prints one line of JSON. Options and exit codes as client-v2 (rig README)."""
import argparse
import json
import sys

import anyio
import httpx2
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

DONE, CONNECT, LIST, REFUSED, TOOL_ERROR = 0, 3, 4, 5, 6
MODES = {"auto": "auto", "legacy": "legacy", "modern": "2026-07-28"}


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--url")
    parser.add_argument("--mode", choices=MODES, default="auto")
    parser.add_argument("--token-file")
    parser.add_argument("--tool", required=True)
    parser.add_argument("--args", default="{}")
    parser.add_argument("--intent")
    parser.add_argument("command", nargs="*")
    return parser.parse_args()


def server(asked):
    if not asked.url:
        return StdioServerParameters(command=asked.command[0], args=asked.command[1:])
    headers = {}
    if asked.token_file:
        with open(asked.token_file, encoding="utf-8") as file:
            headers["Authorization"] = "Bearer " + file.read().strip()
    return streamable_http_client(asked.url, http_client=httpx2.AsyncClient(headers=headers, timeout=20))


async def main(asked):
    said, code = {"ok": False}, CONNECT
    try:
        async with Client(server(asked), mode=MODES[asked.mode], read_timeout_seconds=20) as client:
            code = LIST
            said["version"] = client.protocol_version
            said["tools"] = [tool.name for tool in (await client.list_tools()).tools]
            code = REFUSED
            meta = {"dev.mcpguard/intent": json.loads(asked.intent)} if asked.intent else None
            result = await client.call_tool(asked.tool, json.loads(asked.args), meta=meta)
            said["result"] = result.model_dump(mode="json", by_alias=True, exclude_none=True)
            code = TOOL_ERROR if result.is_error else DONE
            said["ok"] = code == DONE
    except* MCPError as group:
        error = group.exceptions[0]
        said["error"] = {"code": error.error.code, "message": error.error.message}
    except* Exception as group:
        said["error"] = {"message": repr(group)}
    print(json.dumps(said))
    return code


sys.exit(anyio.run(main, options()))
