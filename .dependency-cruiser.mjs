// The floors of the house (docs/architecture.md): a room may import only the rooms below it. Type imports count.

/**
 * Rooms of the server from the top to the ground; one line is one floor, and rooms of one floor know nothing of each other. Facts are below,
 * judgements above: what a text, a tree, a commit or a record is lies beneath the floor where four rooms judge.
 */
export const FLOORS = [
  ['lsp', 'mcp', 'cli'],
  ['engine'],
  ['decisions', 'selection', 'identifiers', 'answering'],
  ['register'],
  ['history'],
  ['indexing'],
  ['retrieval'],
  ['store'],
  ['embedding'],
  ['workspace'],
  ['knowledge', 'code'],
  ['git'],
  ['text'],
  ['model'],
];

/** Folder `server/NAME/` or file `server/NAME.ts`. */
const room = (names) => `^server/(${names.join('|')})(/|\\.ts$)`;
const FACES = FLOORS[0];
const JUDGES = FLOORS[2];

/** For each room: nothing above it, and nothing beside it. */
const floorRules = FLOORS.flatMap((floor, level) =>
  floor.map((name) => ({
    name: `floor-of-${name}`,
    comment: `server/${name} may import only what is drawn below it.`,
    severity: 'error',
    from: { path: room([name]) },
    to: { path: room([...FLOORS.slice(0, level).flat(), ...floor.filter((other) => other !== name)].concat('no-such-room')) },
  })),
);

export default {
  forbidden: [
    { name: 'acyclic', comment: 'Imports make no circles.', severity: 'error', from: {}, to: { circular: true } },
    ...floorRules,
    {
      name: 'rooms-are-drawn',
      comment: 'A room of the server without a floor in this file.',
      severity: 'error',
      from: {},
      to: { path: '^server/', pathNot: room(FLOORS.flat()) },
    },
    {
      name: 'faces-call-the-engine',
      comment: 'A face parses, calls the engine and renders: it reaches no room below but the words (text, model).',
      severity: 'error',
      from: { path: room(FACES) },
      to: { path: '^server/', pathNot: room([...FACES, 'engine', 'text', 'model']) },
    },
    ...JUDGES.map((judge) => ({
      name: `${judge}-asked-at-the-door`,
      comment: `Outside of server/${judge}, the server imports its index.ts only.`,
      severity: 'error',
      from: { path: '^server/', pathNot: room([judge]) },
      to: { path: room([judge]), pathNot: `^server/${judge}/index\\.ts$` },
    })),
    {
      name: 'server-knows-no-editor',
      severity: 'error',
      from: { path: '^(server|protocol)/' },
      to: { path: '(^vscode$|^extension/|node_modules/vscode-languageclient)' },
    },
    {
      name: 'extension-is-thin',
      comment: 'The extension asks the server through the protocol.',
      severity: 'error',
      from: { path: '^extension/' },
      to: { path: '^server/' },
    },
    {
      name: 'protocol-derives-from-the-model',
      comment: 'What travels between the two sides is defined once, in server/model. Types only, so that a client bundles no server code.',
      severity: 'error',
      from: { path: '^protocol/' },
      to: { path: '^(server|extension)/', pathNot: '^server/model/(?:evidence|title)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'protocol-knows-only-the-model',
      severity: 'error',
      from: { path: '^protocol/' },
      to: { path: '^(server|extension)/', pathNot: '^server/model/' },
    },
    {
      name: 'evidence-stands-alone',
      comment: 'The predicates on evidence are shared with the extension at run time: they must not bring anything along.',
      severity: 'error',
      from: { path: '^server/model/evidence\\.ts$' },
      to: { dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pages-know-no-editor',
      comment: 'A web view is a page in a browser: nothing it imports may lead to the editor.',
      severity: 'error',
      from: { path: '^extension/webview/' },
      to: { path: '(^vscode$|node_modules/vscode-languageclient)', reachable: true },
    },
    {
      name: 'product-stands-alone',
      comment: 'What ships imports no tests, benchmarks or scripts.',
      severity: 'error',
      from: { path: '^(server|protocol|extension)/' },
      to: { path: '^(test|bench|scripts|kb-samples)/' },
    },
    {
      name: 'runtime-dependencies-are-listed',
      comment: 'What ships imports only packages from dependencies; types are free.',
      severity: 'error',
      from: { path: '^(server|protocol|extension)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: '(^vscode$|node_modules/@types/vscode)',
      },
    },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^vscode$' } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.cjs', '.js', '.json'],
    },
  },
};
