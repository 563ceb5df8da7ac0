import { isTest } from '../../code/roles.ts';
import type { SourceFile } from '../../code/source-file.ts';
import { isGenerated, isVendored } from '../../code/sources.ts';
import { isGeneratedText } from '../../knowledge/generated.ts';

/**
 * What a file is for: identifiers of pages and of tools are not those of records. `adapter`: it speaks with another program, in the form that the other one
 * prescribes.
 */
export type Setting = 'service' | 'interface' | 'adapter' | 'tool' | 'quiet';

const SAMPLES =
  /(?:^|\/)(?:test-?data|test-?utils?|testing|test-?support|test-?fixtures?|fixtures?|__fixtures__|__mocks__|mocks?|fakes?|stubs?|demos?|samples?|examples?|sandbox|stories|snapshots?|golden|benchmarks?|e2e|cypress|playwright|gallery|fake_data|experiments?|scratch|qa|smoke-?tests?|seeds?|tryouts|test-?env|docs?|tutorials?|dev-?tools?|step_definitions|load-?tests?|third_party|thirdparty|vendor|node_modules|typings)\//i;
const SAMPLE_NAME =
  /(?:[._-](?:stories|story|mock|fixture|fixtures|min|generated|gen|pb|d)\.\w+|(?:Test|Tests|TestCase|IT|Spec|Fixtures?|Mock|Stub|Fake)\.\w+|(?:^|\/)(?:conftest|mock(?:_\w+)?|seeds?(?:[_-]\w+)?|\w+[_-]seeds?|load_?test\w*|\w+[-_]smoke|[\w-]+-smoke|test_\w+|\w+_test|[\w.-]+\.(?:\w{0,20}[^\Wa])?tests?|\w+_spec|\w+_try|\w*[_-]?bench(?:mark)?s?)\.\w+)$/;
/** Names of jQuery and its kin, which repositories keep beside their own scripts. */
const LIBRARY =
  /(?:^|\/)(?:ckeditor|tinymce)\/|(?:^|\/)(?:jquery|bootstrap|knockout|moment|modernizr|d3|lodash|angular|respond)[\w.-]*\.js$/i;
const TOOL =
  /(?:^|\/)(?:[\w.-]+\.config\.\w+|gulpfile\.\w+|Gruntfile\.\w+|Rakefile|setup\.py|generate[-_][\w-]+\.\w+|webpack[\w.-]*\.\w+)$|(?:^|\/)scripts?\/[^.]*\.(?:[cm]?[jt]s|py|rb|php)$|(?:^|\/)(?:build-scripts?|vite|webpack|rollup|eslint|codegen|generators?)\//i;
const INTERFACE_PATH =
  /(?:^|\/)(?:components?|pages?|views?|widgets?|panels?|dialogs?|dashboard[\w-]*|ui[\w-]*|client-only|hooks|routes|screens?|lovelace|templates|layouts?|frontend|frontend-\w+|webapp|presentation|compose|wwwroot|assets\/javascripts|javascripts|static\/js|public\/js)\//i;
/** A script of a page: it asks the page for elements, itself or with jQuery. */
const SCRIPT_OF_PAGE = /\bdocument\.(?:getElement|querySelector)|\bjQuery\(|(?<![\w$.])\$\(\s*(?:['"`][#.[\w]|document\b|this\b)/;
const INTERFACE_LIBRARY =
  /(?:from|require\()\s*['"](?:react(?:-\w+)?|preact|vue|svelte|lit(?:-element)?|lit\/[\w/.-]+|@angular\/core|solid-js|@remix-run\/react|react-router|jquery|@mui\/[\w-]+|d3(?:-\w+)?|ol|ol\/[\w/]+|mapbox-gl|maplibre-gl|echarts|leaflet|@lit\/[\w-]+)[\w/.-]*['"]|androidx\.compose|import SwiftUI|android\.widget|javax\.swing|\bdocument\.createElement(?:NS)?\(/;
/** Where frameworks of Ruby and PHP keep what makes pages. */
const SERVER_PAGES =
  /(?:^|\/)(?:app\/(?:components|helpers|views|presenters|decorators|form_builders|Livewire|Http\/Livewire|View)|view_components?|resources\/views|View\/Components)\//;
/** Where code is that speaks with programs of others. */
const ADAPTER_PATH =
  /(?:^|\/)(?:integrations?|connectors?|adapters?|importers?|exporters?|drivers?|third[-_]?party|external|etl|sdks?|providers|gateways?|clients|scrapers?|crawlers?)\/|(?:^|\/)\w+(?:Drivers|Gateways|Connectors|Integrations|Adapters|_drivers|_gateways|_connectors|_integrations|_adapters)\//;
/** The same of .NET. */
const TAG_HELPER = /(?:^|\/)(?:Tag|Html)Helpers\/|(?:Tag|Html)Helper\.cs$|ViewComponent\.cs$/;
const BEGINNING = 6_000;
/** What helpers of tests import in Go, whatever their files are called. */
const GO_TESTING = /^\s*(?:import\s+)?"testing"\s*$/m;

/** What a file is for, by its path and what it imports. `quiet`: tests, samples, generated and vendored files. */
export function settingOf({ path, text, language }: SourceFile): Setting {
  if (isTest(path) || isVendored(path) || SAMPLES.test(path) || SAMPLE_NAME.test(path) || LIBRARY.test(path)) return 'quiet';
  if (isGenerated(text) || isGeneratedText(path, text)) return 'quiet';
  if (language?.id === 'go' && GO_TESTING.test(text.slice(0, BEGINNING))) return 'quiet';
  if (TOOL.test(path)) return 'tool';
  const script = language !== undefined && /^(?:typescript|tsx|javascript|vue|svelte)$/.test(language.id);
  if (language?.id === 'tsx' || path.endsWith('.jsx')) return 'interface';
  if (script && INTERFACE_PATH.test(path)) return 'interface';
  if (/^(?:ruby|php)$/.test(language?.id ?? '') && SERVER_PAGES.test(path)) return 'interface';
  if (language?.id === 'c-sharp' && TAG_HELPER.test(path)) return 'interface';
  // Code of a server that says what is on a page.
  if (/^ui\//.test(path)) return 'interface';
  if (INTERFACE_LIBRARY.test(text.slice(0, BEGINNING)) || (script && SCRIPT_OF_PAGE.test(text))) return 'interface';
  return ADAPTER_PATH.test(path) ? 'adapter' : 'service';
}
