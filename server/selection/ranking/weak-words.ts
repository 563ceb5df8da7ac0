/** Keywords and words of everyday code and markup: that two files share them tells a person nothing. */
const WEAK = new Set(
  (
    'abstract add after ids non have shared find current modules constants common frontend backend disable enable all and any app args array as assert async await auto base before begin block body bool boolean bottom box break builder button by call case catch ' +
    'center change char check class click close code col color column com component config const constructor container content context continue core create ctx dark data declare ' +
    'debug def default defer delete dev disabled div do dom dto each echo elem element else elseif elsif emit empty enabled end ensure entry enum env err error event exception exec exists ' +
    'expect export extends fail fallback false fetch field fields file filter final finally first fix flex float fn foo for foreach form format from func function get global go goto ' +
    'has hash header headers height hidden host http https id if impl implements import imports in include index info init inline input instance int integer interface internal into is it item ' +
    'items java js json key keys kind label large last lazy left len length let lib light line link list load local log logger long main make map match max message messages method min mock mod ' +
    'mode model module msg name namespace native new next nil node none not null num number obj object of off ok old on open operator option optional options or org other out output override ' +
    'package page panic param parameter params parent parse pass path path payload position prefix primary print private process promise prop property props protected provider public puts query ' +
    'raise range react read readonly record ref refs remove render req require required res rescue reset resolve response result return returns returning right root row run scope script secondary ' +
    'select self set setup short should show size small source span spec src start state static status step stop str string struct style submit success super switch sync table tag target template ' +
    'test tests text the then this throw throws time title to token top toward true try ts tsx type typeof types undefined union unit unless update url use used useless user using util utils val ' +
    'about again also always another are because been before being below between both but came can come could did does doing done down during either ever every few found from gave get gets getting give ' +
    'given goes going gone got had having her here hers him his how however its itself just keep kept know less like little made make makes making many may maybe me might more most much must my neither never ' +
    'no nor now off often once one ones only our ours out over own per please quite rather really said same say says see seen she since so some something soon still such take taken than that their them then ' +
    'there these they thing things third those though through thus together too took two under until up upon us very via want was way we well went were what whatever which while who whole whom whose why will ' +
    'without would yes yet you your yours part parts present written added adds adding removed removes changed changes description descriptions issue issues sample samples sure built depended strip ' +
    'cancel checkbox radio dialog modal checked unchecked supposed resulting resulted ' +
    'valid value values var variable view visible void wait warn warning when where while width with within without wrapper write www xml yaml yield'
  ).split(' '),
);

const SHORTEST = 3;

const isWeak = (word: string): boolean => word.length < SHORTEST || WEAK.has(word.toLowerCase());

/** Whether a person recognises something of the product in one or several words: not one that any code has. */
export const tellsSomething = (words: string): boolean => words.split(/\s+/).some((word) => !isWeak(word));

/** A literal of so many words is named in a test on purpose. */
const WORDS_OF_A_TEXT = 3;
/** Classes of a style sheet (`flex items-center gap-2`), and code that was taken for a text between quotes. */
const STYLED = /^[a-z\d]+(?:[-:/[\].][a-z\d[\].%/-]+)+$/;
const CODE = /[{}<>=;$|\\]|\w\(|\)\.|=>|::|^[\w-]+\s*:\s*[\w-]+$/;

/** Whether a literal is a text that people read, so that a test which names it is about that text. */
export const isTextOfPeople = (literal: string): boolean => {
  const words = literal.split(/\s+/);
  if (words.length < WORDS_OF_A_TEXT || CODE.test(literal)) return false;
  if (words.filter((word) => STYLED.test(word)).length * 2 >= words.length) return false;
  return words.filter((word) => /\p{L}{2}/u.test(word)).length >= 2 && tellsSomething(literal);
};

/** Whether a person recognises a literal: several words, a name with a form of its own (`submit-order`, `placeOrder`), or no everyday word (`Refund`). */
export const isRecognisable = (literal: string): boolean =>
  /\p{L}\s+\S*\p{L}/u.test(literal)
    ? tellsSomething(literal.replace(/[^\p{L}\p{N}\s]+/gu, ' '))
    : /[^a-z]/.test(literal.slice(1)) || !isWeak(literal);
