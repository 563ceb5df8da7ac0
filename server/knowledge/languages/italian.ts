import type { Language } from './language.ts';

export const ITALIAN: Language = {
  name: 'Italian',
  status: {
    proposed:
      'propost*, bozza, in discussione, in revisione, in corso, in attesa, in valutazione, in approvazione, apert*, rinviat*, rimandat*, sospes*, da decidere, non decis*',
    accepted:
      'accettat*, approvat*, adottat*, decis*, concordat*, vigente, in vigore, attiv*, implementat*, confermat*, ratificat*, completat*, definitiv*',
    rejected: 'rifiutat*, respint*, scartat*, ritirat*, abbandonat*, annullat*, rigettat*, bocciat*, non accettat*, non approvat*',
    deprecated: 'deprecat*, obsolet*, superata, superato, dismess*, archiviat*, non più valid*, non più in vigore',
    superseded: 'sostituit*, rimpiazzat*',
  },
  parts: {
    title: 'titolo',
    status: 'stato, status',
    date: 'data, data della decisione, data decisione, deciso il, creato il',
    context: 'contesto, problema, contesto e problema, motivazione, descrizione del problema',
    decision: 'decisione, decisioni, esito della decisione, soluzione',
    consequences: 'conseguenze, impatti, implicazioni',
    options: 'alternative, opzioni, opzioni considerate, alternative considerate, alternative valutate',
    summary: 'sommario, riassunto, introduzione',
    changes: 'cronologia, storico, modifiche, registro delle modifiche',
    authors: 'autore, autori, decisori, partecipanti, responsabili',
    'superseded-by': 'sostituito da, sostituita da, superato da, superata da',
    supersedes: 'sostituisce, rimpiazza',
    amends: 'modifica, emenda, integra',
  },
  supersededBy: 'sostituit* da, sostituit* dal*, rimpiazzat* da, superat* da, superat* dal*',
  supersedes: 'sostituisce, rimpiazza',
  partly: 'parzialmente, in parte, parziale, parte, sezione',
  nothing: 'nessun*, nulla, niente, non applicabile',
  lead: 'questa, questo, la, il, decisione, adr, è, stata, stato, ora, attualmente, e, totalmente, completamente, dal, team',
  months:
    'gennaio|gen, febbraio|feb, marzo|mar, aprile|apr, maggio|mag, giugno|giu, luglio|lug, agosto|ago, settembre|sett|set, ottobre|ott, novembre|nov, dicembre|dic',
};
