import type { FileChange } from '../../../model/diff.ts';

/** Why a record is to be read before another one is written. */
export interface KinPhrases {
  readonly forbids: (forbidden: string, place: string) => string;
  readonly opposite: string;
  readonly replaced: (heir: string | undefined) => string;
  readonly rejected: string;
  /** The same was decided before, and is deprecated or superseded. */
  readonly retired: (status: 'deprecated' | 'superseded') => string;
  readonly duplicate: (isProposed: boolean) => string;
  readonly option: (option: string) => string;
  readonly governs: (place: string) => string;
}

/** What a draft says by itself, in the language of the records that it joins. What it quotes stays as it is. */
export interface DraftPhrases {
  readonly why: string;
  /** Commits are quoted, and none says why. */
  readonly whyUnsaid: string;
  readonly options: string;
  readonly consequences: string;
  readonly commits: string;
  readonly commit: string;
  readonly saysWhy: (reason: string) => string;
  readonly more: (count: number) => string;
  readonly moreLines: (count: number) => string;
  readonly weigh: string;
  readonly line: (line: number) => string;
  readonly lines: (first: number, last: number) => string;
  readonly changed: string;
  /** @param where a commit or a range, as it was written */
  readonly changedIn: (where: string) => string;
  readonly change: Readonly<Record<Exclude<FileChange, 'renamed'>, string>>;
  readonly renamed: (from: string) => string;
  readonly incomplete: (message: string) => string;
  readonly kin: KinPhrases;
}

export const ENGLISH: DraftPhrases = {
  why: 'Open question: why is this needed?',
  whyUnsaid: 'Open question: why is this needed? The messages of the commits do not say it.',
  options: 'Open question: which other options were considered, and why were they not chosen?',
  consequences: 'Open question: what follows from this, and for whom?',
  commits: 'Commits:',
  commit: 'commit',
  saysWhy: (reason) => `It says why: "${reason}"`,
  more: (count) => `and ${count} more`,
  moreLines: (count) => `… ${count} more lines`,
  weigh: 'Decisions to weigh:',
  line: (line) => `line ${line}`,
  lines: (first, last) => `lines ${first} to ${last}`,
  changed: 'Changed in the work tree:',
  changedIn: (where) => `Changed in ${where}:`,
  change: { added: 'added', changed: 'changed', deleted: 'deleted', mode: 'permissions changed' },
  renamed: (from) => `renamed from ${from}`,
  incomplete: (message) => `incomplete: ${message}`,
  kin: {
    forbids: (forbidden, place) => `Forbids "${forbidden}" by rule, and ${place} has it.`,
    opposite: 'Its title says the opposite, and it is in force.',
    replaced: (heir) => `The same was decided before, and replaced${heir === undefined ? '' : ` by "${heir}"`}.`,
    rejected: 'The same was rejected before.',
    retired: (status) => `The same was decided before, and is ${status}.`,
    duplicate: (isProposed) => `Its title is the same but for a few words, and it is ${isProposed ? 'proposed' : 'in force'}.`,
    option: (option) => `Lists "${option}" among its options, and chose another one.`,
    governs: (place) => `Governs ${place}: follow it, supersede it, or say why this is an exception.`,
  },
};

const GERMAN: DraftPhrases = {
  why: 'Offene Frage: Warum ist das nötig?',
  whyUnsaid: 'Offene Frage: Warum ist das nötig? Die Nachrichten der Commits sagen es nicht.',
  options: 'Offene Frage: Welche anderen Möglichkeiten wurden erwogen, und warum wurden sie nicht gewählt?',
  consequences: 'Offene Frage: Was folgt daraus, und für wen?',
  commits: 'Commits:',
  commit: 'Commit',
  saysWhy: (reason) => `Als Grund steht dort: „${reason}“`,
  more: (count) => `und ${count} weitere`,
  moreLines: (count) => `… ${count} weitere Zeilen`,
  weigh: 'Zu berücksichtigende Entscheidungen:',
  line: (line) => `Zeile ${line}`,
  lines: (first, last) => `Zeilen ${first} bis ${last}`,
  changed: 'Geändert im Arbeitsverzeichnis:',
  changedIn: (where) => `Geändert in ${where}:`,
  change: { added: 'hinzugefügt', changed: 'geändert', deleted: 'gelöscht', mode: 'Rechte geändert' },
  renamed: (from) => `umbenannt von ${from}`,
  incomplete: (message) => `unvollständig: ${message}`,
  kin: {
    forbids: (forbidden, place) => `Verbietet „${forbidden}“ durch eine Regel, und in ${place} steht es.`,
    opposite: 'Der Titel sagt das Gegenteil, und die Entscheidung gilt.',
    replaced: (heir) => `Das Gleiche wurde schon einmal entschieden und${heir === undefined ? '' : ` durch „${heir}“`} ersetzt.`,
    rejected: 'Das Gleiche wurde schon einmal abgelehnt.',
    retired: (status) => `Das Gleiche wurde schon einmal entschieden und ist ${status === 'deprecated' ? 'veraltet' : 'ersetzt'}.`,
    duplicate: (isProposed) =>
      `Der Titel ist bis auf wenige Wörter gleich, und die Entscheidung ${isProposed ? 'ist vorgeschlagen' : 'gilt'}.`,
    option: (option) => `Nennt „${option}“ unter den Möglichkeiten und hat eine andere gewählt.`,
    governs: (place) => `Gilt für ${place}: befolgen, ablösen oder begründen, warum dies eine Ausnahme ist.`,
  },
};

const FRENCH: DraftPhrases = {
  why: 'Question ouverte : pourquoi est-ce nécessaire ?',
  whyUnsaid: 'Question ouverte : pourquoi est-ce nécessaire ? Les messages des commits ne le disent pas.',
  options: 'Question ouverte : quelles autres options ont été envisagées, et pourquoi n’ont-elles pas été retenues ?',
  consequences: 'Question ouverte : qu’en résulte-t-il, et pour qui ?',
  commits: 'Commits :',
  commit: 'commit',
  saysWhy: (reason) => `La raison donnée : « ${reason} »`,
  more: (count) => `et ${count} de plus`,
  moreLines: (count) => `… ${count} lignes de plus`,
  weigh: 'Décisions à prendre en compte :',
  line: (line) => `ligne ${line}`,
  lines: (first, last) => `lignes ${first} à ${last}`,
  changed: 'Modifications dans la copie de travail :',
  changedIn: (where) => `Modifications dans ${where} :`,
  change: { added: 'ajouté', changed: 'modifié', deleted: 'supprimé', mode: 'droits modifiés' },
  renamed: (from) => `renommé depuis ${from}`,
  incomplete: (message) => `incomplet : ${message}`,
  kin: {
    forbids: (forbidden, place) => `Interdit « ${forbidden} » par une règle, et ${place} le contient.`,
    opposite: 'Son titre dit le contraire, et elle est en vigueur.',
    replaced: (heir) => `La même chose a déjà été décidée, puis remplacée${heir === undefined ? '' : ` par « ${heir} »`}.`,
    rejected: 'La même chose a déjà été rejetée.',
    retired: (status) => `La même chose a déjà été décidée, et elle est ${status === 'deprecated' ? 'obsolète' : 'remplacée'}.`,
    duplicate: (isProposed) => `Son titre est le même à quelques mots près, et elle est ${isProposed ? 'proposée' : 'en vigueur'}.`,
    option: (option) => `Cite « ${option} » parmi ses options, et en a retenu une autre.`,
    governs: (place) => `S’applique à ${place} : la suivre, la remplacer, ou dire pourquoi ceci est une exception.`,
  },
};

const SPANISH: DraftPhrases = {
  why: 'Pregunta abierta: ¿por qué es necesario?',
  whyUnsaid: 'Pregunta abierta: ¿por qué es necesario? Los mensajes de los commits no lo dicen.',
  options: 'Pregunta abierta: ¿qué otras opciones se consideraron y por qué no se eligieron?',
  consequences: 'Pregunta abierta: ¿qué consecuencias tiene y para quién?',
  commits: 'Commits:',
  commit: 'commit',
  saysWhy: (reason) => `El motivo que da: «${reason}»`,
  more: (count) => `y ${count} más`,
  moreLines: (count) => `… ${count} líneas más`,
  weigh: 'Decisiones que se deben tener en cuenta:',
  line: (line) => `línea ${line}`,
  lines: (first, last) => `líneas ${first} a ${last}`,
  changed: 'Cambios en el árbol de trabajo:',
  changedIn: (where) => `Cambios en ${where}:`,
  change: { added: 'añadido', changed: 'modificado', deleted: 'eliminado', mode: 'permisos cambiados' },
  renamed: (from) => `renombrado desde ${from}`,
  incomplete: (message) => `incompleto: ${message}`,
  kin: {
    forbids: (forbidden, place) => `Prohíbe «${forbidden}» mediante una regla, y ${place} lo contiene.`,
    opposite: 'Su título dice lo contrario, y está en vigor.',
    replaced: (heir) => `Lo mismo ya se decidió antes y fue reemplazado${heir === undefined ? '' : ` por «${heir}»`}.`,
    rejected: 'Lo mismo ya se rechazó antes.',
    retired: (status) => `Lo mismo ya se decidió antes, y está ${status === 'deprecated' ? 'obsoleto' : 'reemplazado'}.`,
    duplicate: (isProposed) => `Su título es el mismo salvo por unas pocas palabras, y está ${isProposed ? 'propuesta' : 'en vigor'}.`,
    option: (option) => `Menciona «${option}» entre sus opciones, y eligió otra.`,
    governs: (place) => `Se aplica a ${place}: seguirla, reemplazarla o decir por qué esto es una excepción.`,
  },
};

const PORTUGUESE: DraftPhrases = {
  why: 'Questão em aberto: por que isto é necessário?',
  whyUnsaid: 'Questão em aberto: por que isto é necessário? As mensagens dos commits não o dizem.',
  options: 'Questão em aberto: que outras opções foram consideradas e por que não foram escolhidas?',
  consequences: 'Questão em aberto: quais são as consequências e para quem?',
  commits: 'Commits:',
  commit: 'commit',
  saysWhy: (reason) => `O motivo indicado: "${reason}"`,
  more: (count) => `e mais ${count}`,
  moreLines: (count) => `… mais ${count} linhas`,
  weigh: 'Decisões a ter em conta:',
  line: (line) => `linha ${line}`,
  lines: (first, last) => `linhas ${first} a ${last}`,
  changed: 'Alterações na árvore de trabalho:',
  changedIn: (where) => `Alterações em ${where}:`,
  change: { added: 'adicionado', changed: 'alterado', deleted: 'removido', mode: 'permissões alteradas' },
  renamed: (from) => `renomeado de ${from}`,
  incomplete: (message) => `incompleto: ${message}`,
  kin: {
    forbids: (forbidden, place) => `Proíbe "${forbidden}" por uma regra, e ${place} contém isso.`,
    opposite: 'O seu título diz o contrário, e está em vigor.',
    replaced: (heir) => `O mesmo já foi decidido antes e substituído${heir === undefined ? '' : ` por "${heir}"`}.`,
    rejected: 'O mesmo já foi rejeitado antes.',
    retired: (status) => `O mesmo já foi decidido antes, e está ${status === 'deprecated' ? 'obsoleto' : 'substituído'}.`,
    duplicate: (isProposed) => `O seu título é o mesmo, salvo algumas palavras, e está ${isProposed ? 'proposta' : 'em vigor'}.`,
    option: (option) => `Indica "${option}" entre as suas opções, e escolheu outra.`,
    governs: (place) => `Aplica-se a ${place}: segui-la, substituí-la ou dizer por que isto é uma exceção.`,
  },
};

/** By the name of the language, in English. In other languages than these a draft speaks English. */
export const PHRASES: ReadonlyMap<string, DraftPhrases> = new Map([
  ['English', ENGLISH],
  ['German', GERMAN],
  ['French', FRENCH],
  ['Spanish', SPANISH],
  ['Portuguese', PORTUGUESE],
]);
