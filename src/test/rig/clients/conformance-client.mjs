// The client that the client-side conformance scenarios drive: conformance-client.mjs URL
// Scenario, version and tool calls come from the suite in MCP_CONFORMANCE_* variables; RIG_TOKEN_FILE may name a token.
// RIG_LOCAL_DISCOVER=1: the client answers `server/discover` to itself, because several of the suite's mock servers do not
// implement it. Needed without a guard or behind a plain relay; a guard answers it by itself.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { readFileSync } from 'node:fs';

const url = new URL(process.argv[2]);
const scenario = process.env.MCP_CONFORMANCE_SCENARIO ?? '';
const modern = process.env.MCP_CONFORMANCE_PROTOCOL_VERSION === '2026-07-28';
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');

const CAPABILITIES = {
  'request-metadata': { roots: { listChanged: true }, sampling: {}, elicitation: {} },
  'sep-2322-client-request-state': { elicitation: {} },
  'elicitation-sep1034-client-defaults': { elicitation: { form: { applyDefaults: true } } },
};
const ELICITED = { 'sep-2322-client-request-state': { confirmed: true }, 'elicitation-sep1034-client-defaults': {} };
const WITHOUT_DISCOVER = [
  'http-standard-headers',
  'http-custom-headers',
  'http-invalid-tool-headers',
  'sep-2322-client-request-state',
];

const client = new Client(
  { name: 'test-client', version: '1.0.0' },
  { capabilities: CAPABILITIES[scenario] ?? {}, versionNegotiation: { mode: modern ? 'auto' : 'legacy' } },
);
if (scenario in ELICITED) {
  client.setRequestHandler('elicitation/create', async () => ({ action: 'accept', content: ELICITED[scenario] }));
}

/** Each tool that a scenario names, called the way it wants it; the suite judges what reaches it. */
const call = (name, given = {}) => client.callTool({ name, arguments: given });
const tolerated = promise => promise.catch(error => console.error(`refused: ${error.message}`));

const SCENARIOS = {
  initialize: () => client.listTools(),
  'request-metadata': () => tolerated(client.listTools()),
  'json-schema-ref-no-deref': () => client.listTools(),
  async tools_call() {
    await client.listTools();
    await call('add_numbers', { a: 5, b: 3 });
  },
  async 'http-standard-headers'() {
    await call((await client.listTools()).tools[0].name);
    await client.readResource({ uri: (await client.listResources()).resources[0].uri });
    await client.getPrompt({ name: (await client.listPrompts()).prompts[0].name });
  },
  async 'http-custom-headers'() {
    await client.listTools();
    for (const wanted of context.toolCalls ?? []) await call(wanted.name, wanted.arguments);
  },
  async 'http-invalid-tool-headers'() {
    for (const tool of (await client.listTools()).tools) await tolerated(call(tool.name, { region: 'us-west1' }));
  },
  async 'sep-2322-client-request-state'() {
    await call('test_mrtr_echo_state');
    await call('test_mrtr_no_state');
    await call('test_mrtr_unrelated');
    await tolerated(call('test_mrtr_no_result_type'));
  },
  async 'elicitation-sep1034-client-defaults'() {
    await client.listTools();
    await call('test_client_elicitation_defaults');
  },
  async 'sse-retry'() {
    await client.listTools();
    await call('test_reconnection');
  },
  async 'json-schema-2020-12-preservation'() {
    const focal = (await client.listTools()).tools.find(tool => tool.name === 'json_schema_2020_12_tool');
    await call('json_schema_echo', { schema: focal.inputSchema });
  },
};

const DISCOVERED = {
  supportedVersions: ['2026-07-28'],
  capabilities: { tools: {}, resources: {}, prompts: {} },
  _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'conformance mock', version: '0' } },
};

async function withLocalDiscover(input, init) {
  const message = typeof init?.body === 'string' ? JSON.parse(init.body) : {};
  if (message.method !== 'server/discover') return fetch(input, init);
  return Response.json({ jsonrpc: '2.0', id: message.id, result: DISCOVERED });
}

const tokenFile = process.env.RIG_TOKEN_FILE;
const local = process.env.RIG_LOCAL_DISCOVER === '1' && WITHOUT_DISCOVER.includes(scenario);
const transport = new StreamableHTTPClientTransport(url, {
  ...(local && { fetch: withLocalDiscover }),
  ...(tokenFile && { requestInit: { headers: { Authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}` } } }),
});

if (!(scenario in SCENARIOS)) {
  console.error(`the rig drives no client scenario \`${scenario}\``);
  process.exit(2);
}
try {
  await client.connect(transport);
  await SCENARIOS[scenario]();
  await client.close();
  process.exit(0);
} catch (error) {
  console.error(error);
  process.exit(1);
}
