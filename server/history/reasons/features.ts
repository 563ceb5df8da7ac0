import type { Sentence } from './sentences.ts';

/** Words that tell why, by family. The weight of each family was fitted on judged messages. */
const FAMILIES: Readonly<Record<string, RegExp>> = {
  because:
    /\b(?:because|since|as (?:it|they|we|this|that|the|there)\b|due to|owing to|thanks to|given that|for (?:this|that) reason|reason(?:s)?\b|the problem|caus(?:e|es|ed|ing)|hence|therefore|thus)\b/i,
  purpose:
    /\b(?:so that|in order to|so (?:we|it|that|you|they|users|the)\b|to (?:avoid|prevent|ensure|make (?:it|sure)|allow|enable|support|reduce|keep|help|protect|simplify|guarantee|match|be able)|for consistency|in preparation|prepar(?:e|es|ing|ation) for|otherwise|instead of|rather than)\b/i,
  effect:
    /\b(?:this|that|which|these|it|doing so) (?:also )?(?:allows?|enables?|lets?|makes?|ensures?|prevents?|avoids?|means?|meant|helps?|reduces?|eliminates?|removes the need|gives|leads?|led|results?|resulted|will (?:allow|enable|help|make|prevent|let|ensure|mean|also)|would|can(?:not)?|could|breaks?|broke|fails?)\b/i,
  problem:
    /\b(?:fail(?:s|ed|ing|ure)?|broken?|break(?:s|ing)?|bugs?|buggy|crash(?:es|ed|ing)?|errors?|exceptions?|wrong(?:ly)?|incorrect(?:ly)?|invalid|leak(?:s|ed|ing)?|rac(?:e|es|y|ing)|slow(?:er|ly)?|confus(?:e|es|ed|ing|ion)|missing|cannot|can't|unable|impossible|panic(?:s|ked)?|deadlock(?:s)?|hang(?:s)?|regress(?:ed|ion|ions)?|inconsisten(?:t|cy|cies)|flaky|unnecessar(?:y|ily)|problem(?:s|atic)?|issue(?:s)?|corrupt(?:s|ed|ion)?|lost|loses?|losing|overflow|insecure|vulnerab(?:le|ility)|attack(?:er|s)?|danger(?:ous)?|fragile|brittle|hard(?:er)? to|difficult|awkward|annoying|noisy?|expensive|costly|overhead|wast(?:e|es|ed|eful)|duplicat(?:e|es|ed|ion)|stale|outdated|obsolete|redundant|misleading|surpris(?:e|ed|ing)|unexpected(?:ly)?|unsafe|limitation|gap|strain|too (?:much|many|large|long|big|small|slow|late|early))\b/i,
  contrast:
    /\b(?:but|however|although|though|even though|whereas|while|despite|still|yet|unfortunately|instead|rather|on the other hand|not only|except)\b/i,
  past: /\b(?:currently|previously|before (?:this|that)|until now|used to|today|at the moment|right now|so far|at present|in the past|old(?:er)?|existing|already|no longer|anymore)\b/i,
  negation: /\b(?:not|never|no|none|nothing|without|nor|neither|n't)\b|n't\b/i,
  modality:
    /\b(?:must|should|needs?|needed|want(?:s|ed)?|have to|has to|had to|required?|requires|expect(?:s|ed)?|would|could|may|might|can|able)\b/i,
  condition: /\b(?:if|when|whenever|unless|where|once|in case|in cases?)\b/i,
  person: /\b(?:we|we're|we've|we'd|users?|people|developers?|clients?|callers?|customers?|you|I|I've|one)\b/i,
  what: /^(?:\W*)(?:also |then |now |and |finally )?(?:add(?:s|ed|ing)?|remove[sd]?|removing|use[sd]?|using|update[sd]?|updating|rename[sd]?|move[sd]?|moving|change[sd]?|changing|implement(?:s|ed|ing)?|introduce[sd]?|refactor(?:s|ed|ing)?|bump(?:s|ed)?|convert(?:s|ed)?|extract(?:s|ed)?|replace[sd]?|split(?:s)?|drop(?:s|ped)?|delete[sd]?|create[sd]?|set(?:s)?|port(?:s|ed)?|wire[sd]?|expose[sd]?|improve[sd]?|include[sd]?|merge[sd]?|migrate[sd]?|switch(?:es|ed)?|upgrade[sd]?|provide[sd]?|export(?:s|ed)?|simplif(?:y|ies|ied)|clean(?:s|ed)?|teach|let|make|makes|made|tweak(?:s|ed)?|rework(?:s|ed)?|enable[sd]?|disable[sd]?|document(?:s|ed)?|test(?:s|ed)?|style[sd]?|format(?:s|ted)?)\b/i,
  complaint:
    /\b(?:should(?:n't| not)?|must(?:n't| not)?|(?:is|are|was|were|does|do|did|can|could|will|has|have)(?: not|n't)|cannot|can not|not (?:work|show|update|display|load|save|consider|respect)\w*|fail(?:s|ed|ing)? (?:to|when|on|if|with)|(?:npe|nullpointer\w*|\w+(?:exception|error)) (?:when|in|on|if|while)|caus(?:es?|ed|ing)|result(?:s|ed|ing) in|leads? to|so\b.*\bcan't|crash(?:es|ed|ing)?|corrupt\w*|leaks?|memory leak|race condition|deadlock|infinite loop|data loss|xss|csrf|injection|vulnerability|regression)\b/i,
  thisWhat:
    /^\W*(?:this|it|we|i|the (?:new|old)? ?\w+)(?: (?:commit|patch|change|changeset|pr|pull request|cl|diff|also|now|just|only|simply|then|have|has|'ve|is|was)){0,3} (?:adds?|added|extends?|extended|introduces?|introduced|implements?|implemented|changes?|changed|updates?|updated|moves?|moved|creates?|created|removes?|removed|replaces?|replaced|renames?|renamed|splits?|exposes?|adjusts?|adapts?|includes?|contains?|provides?|checks?|validates?|applies|takes?|gives?|brings?|converts?|refactors?|migrates?|uses?|accepts?|supersedes?|supports?|consists?)\b/i,
  also: /^\W*(?:\w+\W+){0,2}also\b|^\W*(?:additionally|furthermore|in addition|as well as|finally|lastly|while (?:here|at it|we're at it))\b/i,
  hedge:
    /\b(?:for now|later|will be (?:added|done|covered|implemented|made)|eventually|in (?:the|a) future|subsequent|next (?:commit|patch|step)|todo|wip|temporar(?:y|ily)|hopefully|not sure|i think|probably)\b/i,
  better:
    /\b(?:easier|simpler|cleaner|faster|clearer|safer|better|more (?:\w+)|less (?:\w+)|fewer|improv(?:e|es|ed|ing|ement)|simplif(?:y|ies|ied)|readab(?:le|ility)|maintainab(?:le|ility)|robust|consistent(?:ly)?|useful|benefit|advantage)\b/i,
  only: /\b(?:only|too|even|always|any|every|all)\b/i,
  toVerb: /\b(?:to|for) (?!be\b|the\b|a\b)[a-z]{3,}(?:ing|e|t|n|d|y|w|p|k|r|h)?\b/i,
  means: /\b(?:means?|meant|mean(?:ing)?|turns? out|as a result|result(?:s|ed|ing)? in|lead(?:s|ing)? to|led to|therefore|so\b)/i,
  thisChange: /\b(?:this|the) (?:commit|patch|change|changeset|pr|pull request|cl|diff|series|branch)\b/i,
  fix: /^(?:\W*(?:\[[^\]]*\]|[\w/.-]+(?:\([^)]*\))?!?:|[A-Z]+-\d+)?[\s:-]*)?(?:fix(?:es|ed|ing)?|correct(?:s|ed)?|repair(?:s|ed)?|prevent(?:s|ed)?|avoid(?:s|ed)?|resolve[sd]?|ensure[sd]?|don't|do not|stop|guard|handle[sd]?|work around)\b/i,
  tests:
    /\b(?:unit tests?|e2e|test cases?|test coverage|tests? (?:to|for|that|added|were)|changelog|readme|docs?|documentation|release notes?|snapshot|spec file|typo|lint|nit|review|rebase|reviewer|todo|follow-?up|future (?:commit|patch|pr|change))\b/i,
  pointer: /\b(?:see|refer to|cf\.|blueprint|as described|details|more info|discussed|thread|https?:\/\/|msg|link)\b/i,
  social: /\b(?:thanks|thank you|reported by|suggested by|credit|sorry|please|hopefully|feedback|lgtm|cc @|@\w+)\b/i,
  example: /\b(?:e\.g\.?|for example|for instance|i\.e\.?|such as|note that|note:)\b|^note\b/i,
};

/** The value of each feature of a sentence, by name. */
export type Features = Readonly<Record<string, number>>;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
const stem = (word: string): string => word.replace(/(?:ing|ed|es|s)$/, '');

/** Share of the words of the subject that a sentence repeats. */
function overlap(subject: string, text: string): number {
  const wanted = new Set(
    wordsOf(subject)
      .filter((word) => word.length > 3)
      .map(stem),
  );
  if (wanted.size === 0) return 0;
  const there = new Set(wordsOf(text).map(stem));
  return [...wanted].filter((word) => there.has(word)).length / wanted.size;
}

const flag = (value: boolean): number => (value ? 1 : 0);

/** What is counted of one sentence: where it stands, which families of words it has, and how it is built. */
export function featuresOf(sentence: Sentence, subject: Sentence, count: number): Features {
  const { text, isSubject, index, inParagraph, paragraph, isItem } = sentence;
  const words = wordsOf(text);
  const marks = text.match(/[`_(){}[\]<>=/\\|$@#*]/g)?.length ?? 0;
  const features: Record<string, number> = {
    bias: 1,
    subject: flag(isSubject),
    first: flag(index === 0),
    second: flag(index === 1),
    third: flag(index === 2),
    later: flag(index >= 5),
    opensParagraph: flag(!isSubject && inParagraph === 0),
    firstParagraph: flag(paragraph === 0),
    item: flag(isItem),
    short: flag(words.length < 6),
    tiny: flag(words.length < 4),
    long: flag(words.length >= 18),
    veryLong: flag(words.length > 45),
    onlyBody: flag(!isSubject && count === 2),
    hasBody: flag(isSubject && count > 1),
    code: Math.min(1, (4 * marks) / Math.max(20, text.length)),
    ended: flag(/[.!?)]$/.test(text)),
    colon: flag(/:$/.test(text)),
    question: flag(/\?$/.test(text)),
    lower: flag(/^[a-z]/.test(text)),
    overlap: isSubject ? 0 : overlap(subject.text, text),
    fixSubject: flag(!isSubject && (FAMILIES.fix?.test(subject.text) ?? false)),
  };
  for (const [name, pattern] of Object.entries(FAMILIES)) {
    const has = pattern.test(text);
    features[name] = flag(has);
    if (isSubject) features[`subject:${name}`] = flag(has);
  }
  features['problem*condition'] = flag(!!features.problem && !!features.condition);
  features['problem*first'] = flag(!!features.problem && index <= 1 && !isSubject);
  features['past*contrast'] = flag(!!features.past && (!!features.contrast || !!features.negation));
  features['what*because'] = flag(!!features.what && (!!features.because || !!features.purpose));
  features['what*plain'] = flag(!!features.what && !features.because && !features.purpose && !features.effect && !features.problem);
  features.cues =
    ['because', 'purpose', 'effect', 'problem', 'contrast', 'past', 'negation', 'modality'].reduce(
      (sum, name) => sum + (features[name] ?? 0),
      0,
    ) / 4;
  features.none = flag(features.cues === 0);
  return features;
}
