// The official TypeScript SDK, version 1: a client that only knows `initialize`, over HTTP or stdio.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { acceptElicitation, callParams, elicitCapability, readOptions, run } from './session.mjs';

const options = readOptions();
const client = new Client(
  { name: 'mcp-guard-rig-v1', version: '1.0.0' },
  { capabilities: elicitCapability(options) },
);
if (options.elicit) client.setRequestHandler(ElicitRequestSchema, acceptElicitation(options));

const [command, ...args] = options.command;
const transport = options.url
  ? new StreamableHTTPClientTransport(new URL(options.url), { requestInit: { headers: options.headers } })
  : new StdioClientTransport({ command, args, env: { ...process.env } });
const within = { timeout: options.timeout };

await run(options, {
  connect: () => client.connect(transport, within),
  version: () => transport.protocolVersion ?? transport._protocolVersion,
  server: () => client.getServerVersion(),
  list: cursor => client.listTools({ cursor }, within),
  call: () => client.callTool(callParams(options), undefined, within),
  close: () => client.close(),
});
