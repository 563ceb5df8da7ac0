import { blankComments } from './comments.ts';
import { familyOf } from './places.ts';
import type { Framework } from './suite.ts';

/** What the text of one file says about being a test, found by patterns that take linear time. */
export interface Signs {
  /** Frameworks that the file itself names. */
  readonly frameworks: readonly Framework[];
  /** Has at least one test, and not only helpers. */
  readonly hasTests: boolean;
  /** Is driven by a runner for unit tests, or renders components alone. */
  readonly isUnit: boolean;
  /** Sends requests to paths of a service. */
  readonly speaksHttp: boolean;
  /** Starts processes or containers. */
  readonly startsProcesses: boolean;
  /** Fixtures of a browser among the parameters of its tests: `page`, `driver`. */
  readonly takesBrowser: boolean;
  /** Names of modules, classes and files that it brings in, as written. */
  readonly imports: readonly string[];
  /** Tags of a build, and metadata such as `type: :system`. */
  readonly tags: readonly string[];
  /** Runs the suite and holds no test of its own: `TestMain`, `RunSpecs`. */
  readonly isEntry: boolean;
}

const MOST_IMPORTS = 300;
const LONGEST_READ = 300_000;

type Table = readonly (readonly [Framework, RegExp])[];

const from = (names: string): RegExp => new RegExp(`(?:\\bfrom\\s*|\\brequire\\(\\s*|\\bimport\\(\\s*|\\bimport\\s*)['"](?:${names})['"]`);

const SCRIPT: Table = [
  ['playwright', from('@playwright/test|playwright(?:-core|-chromium|-firefox|-webkit)?(?:/test)?|@playwright/(?!experimental)[\\w-]+')],
  ['webdriverio', from('webdriverio|@wdio/globals|@wdio/[\\w-]+')],
  ['testcafe', from('testcafe')],
  ['nightwatch', from('nightwatch')],
  ['detox', from('detox')],
  ['codeceptjs', /^\s*(?:Feature|Scenario)\(\s*['"`]/m],
  ['appium', from('appium(?:/[\\w-]+)?|wd')],
  ['selenium', from('selenium-webdriver(?:/[\\w-]+)*|protractor')],
  ['puppeteer', from('puppeteer(?:-core)?|jest-puppeteer')],
  ['cypress', /\bcy\.(?:visit|request|login|get|contains|intercept|findBy\w+|session|origin|task|exec|url|location)\(/],
  ['testcafe', /^\s*fixture(?:\.(?:skip|only|page))?\s*(?:\(\s*['"`]|`)/m],
  [
    'nightwatch',
    /\b(?:client|browser)\s*\.(?:url\([^)]{0,200}\)\s*\.\s*)?waitForElement(?:Visible|Present)\(|\bbrowser\s*\.\s*(?:init\(|end\(\))/,
  ],
  ['detox', /\bdevice\.(?:launchApp|reloadReactNative|openURL|terminateApp)\(|\belement\(by\.(?:id|text|label|type|traits)\(/],
  ['webdriverio', /\bawait\s+browser\.(?:url|pause|waitUntil|setWindowSize|keys)\(|\bawait\s+\$\$?\(\s*['"`]/],
  ['selenium', /\bbrowser\.get\(\s*['"`]|\belement\(by\.(?:css|model|binding|repeater)\(/],
  [
    'api',
    from(
      'supertest|superagent|supertest-as-promised|chai-http|pactum|frisby|supertest-graphql|@nestjs/testing/e2e|superwstest|supertest-session',
    ),
  ],
];

const PYTHON: Table = [
  ['pytest', /^\s*(?:from|import)\s+(?:playwright|selenium|seleniumbase|splinter|helium|pyppeteer|pytest_playwright|selene)\b/m],
  ['appium', /^\s*(?:from|import)\s+appium\b/m],
  ['pytest', /\bscenarios?\(\s*['"][^'"\n]*\.feature/],
];

const JVM: Table = [
  [
    'selenium',
    /^\s*import\s+(?:static\s+)?(?:org\.openqa\.selenium|com\.codeborne\.selenide|org\.fluentlenium|geb\.|net\.serenitybdd|net\.thucydides|com\.frameworkium)\b/m,
  ],
  ['appium', /^\s*import\s+(?:static\s+)?io\.appium\b/m],
  ['playwright', /^\s*import\s+(?:static\s+)?com\.microsoft\.playwright\b/m],
  ['api', /^\s*import\s+(?:static\s+)?(?:io\.restassured|com\.jayway\.restassured|com\.intuit\.karate)\b/m],
];

const C_SHARP: Table = [
  ['appium', /^\s*(?:global\s+)?using\s+(?:static\s+)?OpenQA\.Selenium\.Appium\b/m],
  ['selenium', /^\s*(?:global\s+)?using\s+(?:static\s+)?(?:OpenQA\.Selenium|Atata|Coypu|FlaUI)\b/m],
  ['playwright', /^\s*(?:global\s+)?using\s+(?:static\s+)?Microsoft\.Playwright\b|:\s*(?:Page|Context|Browser|Playwright)Test\b/m],
  ['api', /^\s*using\s+(?:static\s+)?(?:RestAssured|Alba)\b/m],
];

const RUBY: Table = [
  [
    'capybara',
    /\btype:\s*:(?:system|feature|acceptance)\b|:type\s*=>\s*:(?:system|feature|acceptance)\b|<\s*(?:Application)?SystemTestCase\b|^\s*(?:RSpec\.)?feature\s+['"]|<\s*ActionDispatch::SystemTestCase/m,
  ],
  ['selenium', /\brequire\s+['"](?:selenium-webdriver|watir)['"]/],
  ['appium', /\brequire\s+['"]appium/],
];

const PHP: Table = [
  ['dusk', /\bextends\s+\w*DuskTestCase\b|\buse\s+Laravel\\Dusk\b/],
  ['panther', /\bextends\s+\w*PantherTestCase\b|\buse\s+Symfony\\Component\\Panther\b/],
  ['codeception', /\bAcceptanceTester\b|\bWebGuy\b/],
  ['selenium', /\buse\s+Facebook\\WebDriver\b|\buse\s+(?:Behat\\)?Mink\b/],
];

const TABLES: Readonly<Record<string, Table>> = { typescript: SCRIPT, python: PYTHON, java: JVM, 'c-sharp': C_SHARP, ruby: RUBY, php: PHP };

const TESTS: Readonly<Record<string, RegExp>> = {
  typescript:
    /(?<!function )(?<![\w$.])(?:(?:describe|context|it|test|specify|suite|[fx](?:describe|it)|Scenario|\w+Test|\w+It|testWith\w*|testAs\w*|itWith\w*)(?:\.(?!extend|use|step|beforeE|afterE|beforeA|afterA)\w+){0,3}\s*\(\s*(?:['"`]|[A-Za-z_$][\w.$]*(?:\([^()\n]{0,100}\))?\s*(?:,|\+)|\[)|fixture(?:\.\w+)?\s*(?:\(\s*['"`]|`))|(?:export\s+default|module\.exports\s*=)\s*\{[^;]{0,2000}?(?:function\s*\(\s*(?:browser|client)\b|\(\s*(?:browser|client)\s*\)\s*(?:=>|\{)|:\s*(?:async\s*)?\(?\s*(?:browser|client)\b)/m,
  python: /^\s*(?:async\s+)?def\s+test\w*\s*\(|^\s*class\s+Test\w*|\bscenarios?\(/m,
  ruby: /^\s*(?:RSpec\.)?(?:it|scenario|specify|feature|describe|context|example|test|it_behaves_like|include_examples)\b|^\s*def\s+test_/m,
  java: /@(?:[\w.]+\.)?(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\b|\bextends\s+\w*Spec(?:ification)?\b|\bdef\s+"[^"\n]+"\s*\(/,
  'c-sharp':
    /\[\s*(?:[\w.]+\.)?(?:Test|TestCase|Fact|Theory|TestMethod|DataTestMethod|SkippableFact|TestCaseSource|RetryFact|\w+Fact|\w+Theory|PlaywrightTest)\b/,
  go: /^func\s+(?:Test|Benchmark|Fuzz|Example)[A-Z_]\w*\s*\(|^func\s+\(\s*\w+\s+\*?\w+\s*\)\s*Test[A-Z_]\w*\s*\(|\b(?:F|P)?(?:Describe|DescribeTable|Context|When|It|Specify|Entry)\(\s*["`f\w]/m,
  php: /\bfunction\s+test\w*\s*\(|@test\b|#\[Test\]|\bfunction\s+\w+\s*\(\s*(?:\w+\\)*\w*Tester\b|\b(?:test|it)\(\s*['"]/,
};

const UNIT: Readonly<Record<string, RegExp>> = {
  typescript:
    /(?:from\s*|require\(\s*)['"](?:vitest(?:\/[\w-]+)?|@vitest\/[\w-]+|@jest\/globals|@testing-library\/(?!cypress)[\w-]+|enzyme|react-test-renderer|@vue\/test-utils|@angular\/core\/testing|node:test|ava|tape|@playwright\/experimental-ct-[\w-]+|cypress\/(?:react|vue|angular|svelte)\d*|@storybook\/[\w-]+|sinon|bun:test)['"]|\bcy\.mount\(|\bjest\.(?:mock|fn|spyOn)\(/,
};

const HTTP: Readonly<Record<string, RegExp>> = {
  typescript:
    /\b(?:axios|fetch|request|got|api|client|http|agent|app|server|superagent)(?:\.\w+)?(?:\.(?:get|post|put|patch|delete|head|inject|request))?\(\s*(?:\{[^}]{0,200}\burl:\s*)?['"`](?:\$\{[^}]{0,100}\}|https?:\/\/(?:localhost|127\.|0\.0\.0\.0)|\/)|\b\w+\.(?:get|post|put|patch|delete)\(\s*[`'"]\/\w/,
  python: /\b(?:requests|httpx|session|client|api|http)\.(?:get|post|put|patch|delete|request)\(/,
  go: /\bhttp\.(?:Get|Post|PostForm|Head|NewRequest\w*|Client)\b|\bresty\.|\bhttpexpect\b/,
};

const PROCESSES: Readonly<Record<string, RegExp>> = {
  typescript:
    /(?:from\s*|require\(\s*)['"](?:node:)?child_process['"]|(?:from\s*|require\(\s*)['"](?:execa|cross-spawn|shelljs|zx|testcontainers|tinyexec|nano-spawn|dockerode)['"]|\bexecSync\(/,
  go: /"os\/exec"|"github\.com\/(?:testcontainers\/|ory\/dockertest|rogpeppe\/go-internal\/testscript|docker\/docker\/client|creack\/pty|google\/goexpect|Netflix\/go-expect|onsi\/gomega\/gexec|moby\/moby\/client|efficientgo\/e2e|docker\/docker\/)|"gotest\.tools\/(?:v3\/)?icmd"|\/expect"|"golang\.org\/x\/crypto\/ssh"|\bos\.StartProcess\(|"k8s\.io\/(?:client-go\/(?:kubernetes|rest|tools\/clientcmd)|kubernetes\/test\/e2e)|"sigs\.k8s\.io\/(?:e2e-framework|kind)/,
  python: /^\s*(?:import|from)\s+(?:subprocess|pexpect|testcontainers|docker)\b/m,
};

const BROWSER: Readonly<Record<string, RegExp>> = {
  python:
    /^\s*(?:async\s+)?def\s+\w+\s*\([^)]{0,400}\b(?:page|browser|driver|selenium|live_server|context|sb|web_?driver|app_page|themed_app|app)\b\s*[:,)=]/m,
};

const IMPORTS: Readonly<Record<string, RegExp>> = {
  typescript: /(?:\bfrom\s*|\brequire\(\s*|\bimport\(\s*|^\s*import\s*)['"]([^'"\n]{1,300})['"]/gm,
  python: /^\s*(?:from\s+([.\w]{1,200})\s+import\b|import\s+([\w.]{1,200}))/gm,
  ruby: /^\s*require(?:_relative)?\s*\(?\s*['"]([^'"\n]{1,300})['"]/gm,
  go: /^\s*(?:import\s+)?(?:[\w.]+\s+)?"([\w./~-]{1,300})"\s*$/gm,
  java: /^\s*import\s+(?:static\s+)?([\w.]{1,300})|\b(?:extends|new)\s+([A-Z]\w{1,100})|\b([A-Z]\w{0,80}(?:Page|Screen|Component|Steps|Driver|Base|Helper|Fixture))\b/gm,
  'c-sharp':
    /\bclass\s+\w+(?:<[^>]{0,100}>)?(?:\([^)]{0,300}\))?\s*:\s*([A-Z]\w{1,100})|\bnew\s+([A-Z]\w{1,100})|\b([A-Z]\w{0,80}(?:Page|Screen|Driver|Fixture|Base))\b/g,
  php: /^\s*use\s+([\w\\]{1,300})|\bextends\s+([\w\\]{1,200})/gm,
};

const GO_TAGS = /^\/\/go:build\s+(.{1,300})$|^\/\/ \+build\s+(.{1,300})$/m;
const GO_ENTRY = /^func\s+TestMain\s*\(|\bRunSpecs\w*\(|^func\s+init\s*\(/m;
const GO_OWN_TEST = /^func\s+Test(?!Main\b)[A-Z_]\w*\s*\(|^func\s+\(\s*\w+\s+\*?\w+\s*\)\s*Test[A-Z_]\w*\s*\(/gm;
const GINKGO = /"github\.com\/onsi\/ginkgo(?:\/v2)?"/;
const GINKGO_NODE = /\b(?:F|P)?(?:It|Specify|Entry|DescribeTable|Describe|Context|When)\(\s*(?:["`]|fmt\.|\w+\()/;

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

function goSigns(code: string): Pick<Signs, 'frameworks' | 'hasTests' | 'isEntry' | 'tags'> {
  const tags = GO_TAGS.exec(code.slice(0, 5_000));
  const isGinkgo = GINKGO.test(code);
  const own = code.match(GO_OWN_TEST) ?? [];
  const runsSuite = /\bRunSpecs\w*\(/.test(code);
  const hasNodes = isGinkgo && GINKGO_NODE.test(code);
  const hasTests = hasNodes || own.length > (runsSuite ? 1 : 0) || /^func\s+(?:Benchmark|Fuzz)[A-Z]/m.test(code);
  return {
    frameworks: isGinkgo ? ['ginkgo'] : ['go'],
    hasTests,
    isEntry: !hasTests && GO_ENTRY.test(code),
    tags: (tags?.[1] ?? tags?.[2] ?? '').match(/!?\w[\w.]*/g)?.filter((tag) => !tag.startsWith('!')) ?? [],
  };
}

/** Reads the signs of one file. Comments do not count. */
export function signsOf(path: string, text: string): Signs {
  const family = familyOf(path) ?? '';
  const raw = text.slice(0, LONGEST_READ);
  const code = family === 'go' ? raw : blankComments(path, raw);
  const has = (table: Readonly<Record<string, RegExp>>): boolean => {
    const pattern = Object.hasOwn(table, family) ? table[family] : undefined;
    return pattern !== undefined && pattern.test(code);
  };
  const imports = Object.hasOwn(IMPORTS, family) ? [...code.matchAll(IMPORTS[family] ?? /$^/g)].slice(0, MOST_IMPORTS * 3) : [];
  const go = family === 'go' ? goSigns(code) : undefined;
  return {
    frameworks: go?.frameworks ?? unique((TABLES[family] ?? []).filter(([, sign]) => sign.test(code)).map(([framework]) => framework)),
    hasTests: go?.hasTests ?? (has(TESTS) || ['gherkin', 'bats', 'robot'].includes(family)),
    isUnit: has(UNIT),
    speaksHttp: has(HTTP),
    startsProcesses: has(PROCESSES),
    takesBrowser: has(BROWSER),
    imports: unique(imports.map((match) => match[1] ?? match[2] ?? match[3] ?? '')).slice(0, MOST_IMPORTS),
    tags: go?.tags ?? [],
    isEntry: go?.isEntry ?? false,
  };
}
