// The official TypeScript client, version 2: modern (pinned), legacy or negotiated, over HTTP or stdio.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { acceptElicitation, callParams, elicitCapability, readOptions, run } from './session.mjs';

const options = readOptions();
const modes = { auto: 'auto', legacy: 'legacy', modern: { pin: '2026-07-28' } };
if (!(options.mode in modes)) {
  console.error(`--mode is \`${options.mode}\`; it must be auto, modern or legacy`);
  process.exit(2);
}

const client = new Client(
  { name: 'mcp-guard-rig-v2', version: '1.0.0' },
  { capabilities: elicitCapability(options), versionNegotiation: { mode: modes[options.mode] } },
);
if (options.elicit) client.setRequestHandler('elicitation/create', acceptElicitation(options));

const [command, ...args] = options.command;
const transport = options.url
  ? new StreamableHTTPClientTransport(new URL(options.url), { requestInit: { headers: options.headers } })
  : new StdioClientTransport({ command, args, env: { ...process.env } });
const within = { timeout: options.timeout };

await run(options, {
  connect: () => client.connect(transport, within),
  version: () => client.getNegotiatedProtocolVersion(),
  server: () => client.getServerVersion(),
  list: cursor => client.listTools({ cursor }, within),
  call: () => client.callTool(callParams(options), within),
  close: () => client.close(),
});
