import type { PathRole } from '../../model/selection.ts';

/** What is known of a path by its name alone. */
export interface PathRule {
  readonly id: string;
  readonly role: PathRole;
  readonly pattern: RegExp;
  /** For people, as a sentence. */
  readonly reason: string;
}

const named = (...names: readonly string[]): RegExp => new RegExp(`(?:^|/)(?:${names.join('|')})$`, 'i');

/** In this order; the first that matches counts. What none matches is code of the product. */
export const PATH_RULES: readonly PathRule[] = [
  {
    id: 'test-infrastructure',
    role: 'cross-cutting',
    pattern: named(
      '(?:playwright|cypress|wdio|nightwatch|detox|codecept|testcafe)[^/]*\\.(?:conf|config)\\.[cm]?[jt]s',
      'cypress\\.json',
      '\\.testcaferc\\.[a-z]+',
      '\\.detoxrc\\.[a-z]+',
      'conftest\\.py',
      '(?:rails|spec|system|feature)_helper\\.rb',
      'cucumber\\.(?:[cm]?js|json|ya?ml)',
      '(?:global|e2e)[-_.]?(?:set-?up|tear-?down)\\.[cm]?[jt]s',
    ),
    reason: 'The runner of the tests is set up here.',
  },
  {
    id: 'lock-file',
    role: 'cross-cutting',
    pattern: named(
      'package-lock\\.json',
      'npm-shrinkwrap\\.json',
      'yarn\\.lock',
      'pnpm-lock\\.yaml',
      'bun\\.lockb?',
      'cargo\\.lock',
      'go\\.sum',
      '(?:poetry|uv|pdm|pipfile|gemfile|composer|podfile|mix|flake|pubspec)\\.lock',
      'packages\\.lock\\.json',
      'gradle\\.lockfile',
    ),
    reason: 'Other versions of dependencies may behave differently everywhere.',
  },
  {
    id: 'dependencies',
    role: 'cross-cutting',
    pattern: named(
      'go\\.mod',
      'gemfile',
      '[^/]*\\.gemspec',
      'cargo\\.toml',
      'pom\\.xml',
      '(?:build|settings)\\.gradle(?:\\.kts)?',
      'libs\\.versions\\.toml',
      'requirements[^/]*\\.(?:txt|in)',
      'pyproject\\.toml',
      'setup\\.(?:py|cfg)',
      'composer\\.json',
      'mix\\.exs',
      'directory\\.(?:packages|build)\\.(?:props|targets)',
      '[^/]*\\.(?:cs|fs|vb)proj',
      'package\\.json',
      'pnpm-workspace\\.yaml',
    ),
    reason: 'Dependencies and the way the product is built are declared here.',
  },
  {
    id: 'build',
    role: 'cross-cutting',
    pattern: named(
      'makefile',
      'justfile',
      'cmakelists\\.txt',
      '(?:build|workspace|module)\\.bazel',
      'dockerfile[^/]*',
      '[^/]*\\.dockerfile',
      '(?:docker-)?compose[^/]*\\.ya?ml',
      '(?:webpack|vite|rollup|esbuild|next|nuxt|svelte|astro|babel|postcss|tailwind|metro|craco|vue|rspack|tsup|remix)(?:[-.\\w]*)\\.config(?:[-.\\w]*)\\.[cm]?[jt]s(?:on)?',
      'webpack(?:[-.\\w]*)\\.[cm]?js',
      '\\.babelrc',
      '\\.browserslistrc',
      'tsconfig[^/]*\\.json',
      '(?:turbo|nx|lerna|angular|project)\\.json',
      'procfile[^/]*',
      'tiltfile',
      'skaffold\\.ya?ml',
    ),
    reason: 'The product is built or started by this file.',
  },
  {
    id: 'pipeline',
    role: 'cross-cutting',
    pattern:
      /^(?:\.github\/(?:workflows|actions)|\.gitlab|\.circleci|\.buildkite|\.azure-pipelines)\/|(?:^|\/)(?:\.gitlab-ci\.ya?ml|jenkinsfile|azure-pipelines[^/]*\.ya?ml|\.travis\.yml|bitbucket-pipelines\.yml)$/i,
    reason: 'The pipeline that builds and tests the product is described here.',
  },
  {
    id: 'environment',
    role: 'cross-cutting',
    pattern:
      /(?:^|\/)\.env(?:\.[\w.-]+)?$|(?:^|\/)config\/(?:environments?|initializers|application)(?:\/|\.)|(?:^|\/)(?:application|appsettings)(?:[-.][\w.-]+)?\.(?:ya?ml|properties|json)$|(?:^|\/)(?:values|kustomization)[\w.-]*\.ya?ml$/i,
    reason: 'The environment in which the product runs is set here.',
  },
  {
    id: 'feature-flags',
    role: 'cross-cutting',
    pattern:
      /(?:^|\/)(?:feature[-_]?(?:flags?|toggles?|gates?)|flags|toggles)(?:[-_.]?(?:defaults?|config|settings))?\.(?:[cm]?[jt]sx?|ya?ml|json|rb|py|go|java|kt|cs|php)$/i,
    reason: 'Defaults of feature flags decide what every page shows.',
  },
  {
    id: 'base-style',
    role: 'cross-cutting',
    pattern:
      /(?:^|\/)(?:globals?|base|reset|normali[sz]e|theme|tokens|variables|_variables|main|index|app|application)\.(?:s?css|sass|less|styl)$|(?:^|\/)(?:theme|design-tokens?)\.(?:[cm]?[jt]s|json)$/i,
    reason: 'Styles of all pages rest on this one.',
  },
  {
    id: 'schema-dump',
    role: 'mapped',
    pattern: named('db/schema\\.rb', '[^/]*structure\\.sql'),
    reason: 'The tables as they are after all migrations.',
  },
  {
    id: 'test-output',
    role: 'inert',
    pattern:
      /(?:^|\/)(?:test-results|playwright-report|blob-report|allure-(?:results|report)|cypress\/(?:videos|downloads|reports)|\.nyc_output)\/.*\.(?:json|xml|html|txt|md|png|zip|webm|mp4|properties)$|(?:^|\/)(?:\.last-run\.json|\.lintel\/test-runs\.jsonl|lcov\.info)$/i,
    reason: 'Written by a run of tests; the product does not read it.',
  },
  {
    id: 'generated-snapshot',
    role: 'inert',
    pattern: /\.snap$|(?:^|\/)__snapshots__\//,
    reason: 'A snapshot of a unit test.',
  },
  {
    id: 'change-note',
    role: 'inert',
    pattern:
      /(?:^|\/)(?:change-?logs?|changes|history|news|releases?(?:-notes)?|authors|contributors|credits|licen[cs]e|copying|notice|code_of_conduct|security|codeowners|maintainers|version)(?:\.(?:md|txt|rst|adoc))?$|(?:^|\/)(?:\.changeset|changelogs?|changelog\.d|newsfragments|\.changes)\//i,
    reason: 'Notes about the project; the product does not read them.',
  },
  {
    id: 'editor-and-lint',
    role: 'inert',
    pattern:
      /(?:^|\/)(?:\.vscode|\.idea|\.devcontainer|\.husky|\.cursor|\.claude)\/|(?:^|\/)(?:\.editorconfig|\.gitignore|\.gitattributes|\.mailmap|\.prettier[^/]*|\.eslint[^/]*|eslint\.config\.[cm]?[jt]s|\.stylelint[^/]*|\.rubocop[^/]*|\.golangci\.ya?ml|\.flake8|\.pylintrc|ruff\.toml|mypy\.ini|biome\.jsonc?|\.markdownlint[^/]*|\.pre-commit-config\.yaml|\.codecov\.ya?ml|codecov\.ya?ml|renovate\.json5?|lintel\.yaml|\.git-blame-ignore-revs|\.secrets\.baseline|\.gitkeep|\.keep|\.ds_store)$|^\.github\/(?:issue_template|pull_request_template|dependabot|labeler|stale|funding|discussion_template)/i,
    reason: 'Settings of editors, linters and bots; the product does not read them.',
  },
  {
    id: 'type-declarations',
    role: 'inert',
    pattern: /\.d\.[cm]?ts$/i,
    reason: 'Declarations of types: nothing of them is left when the product runs.',
  },
  {
    id: 'unit-test',
    role: 'inert',
    pattern:
      /(?:^|\/)(?:__tests__|__mocks__|__fixtures__|unit-?tests?|testdata)\/|[._-](?:test|spec|unit|stories)\.[cm]?[jt]sx?$|(?:^|\/)test_[^/]*\.py$|_test\.(?:go|py|rb|exs)$|_spec\.rb$|(?:^|\/)src\/test\/|(?:Tests?|Spec|IT)\.(?:java|kt|cs|swift|php|scala|groovy)$/,
    reason: 'A test of another kind; end-to-end tests do not run it.',
  },
  {
    id: 'documentation',
    role: 'inert',
    pattern:
      /\.(?:mdx?|rst|adoc|asciidoc|textile|rdoc)$|(?:^|\/)(?:docs?|documentation|adrs?|rfcs?)\/[^/]*\.(?:txt|png|svg|jpe?g|gif|puml|drawio|mmd)$|^docs?\//i,
    reason: 'Documentation; the product does not read it.',
  },
];
