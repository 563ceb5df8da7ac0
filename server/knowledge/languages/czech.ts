import type { Language } from './language.ts';

export const CZECH: Language = {
  name: 'Czech',
  status: {
    proposed:
      'navržen*, navrhovan*, návrh, koncept, rozpracován*, v diskuzi, v diskusi, k diskuzi, v procesu, probíhá, čeká, otevřen*, odložen*, nerozhodnut*, plánován*',
    accepted:
      'přijat*, schválen*, odsouhlasen*, platn*, účinn*, implementován*, realizován*, aktivní, aktuální, potvrzen*, rozhodnut*, v platnosti',
    rejected: 'zamítnut*, odmítnut*, stažen*, opuštěn*, zrušen*, nepřijat*, neschválen*',
    deprecated: 'zastaral*, neplatn*, neaktuální, archivován*, vyřazen*',
    superseded: 'nahrazen*, nahražen*',
  },
  parts: {
    title: 'název, titulek',
    status: 'stav, status',
    date: 'datum, datum rozhodnutí, vytvořeno, datum vytvoření',
    context: 'kontext, problém, kontext a problém, popis problému, pozadí, motivace',
    decision: 'rozhodnutí, výsledek rozhodnutí, řešení',
    consequences: 'důsledky, dopady, následky',
    options: 'alternativy, možnosti, zvažované možnosti, zvažované varianty, varianty',
    summary: 'shrnutí, souhrn, úvod',
    changes: 'historie změn, historie, změny',
    authors: 'autor, autoři, rozhodující, účastníci',
    'superseded-by': 'nahrazeno, nahrazen, nahrazena',
    supersedes: 'nahrazuje',
    amends: 'doplňuje, mění, upravuje',
  },
  supersededBy: 'nahrazen*, nahražen*',
  supersedes: 'nahrazuje, ruší',
  partly: 'částečně, zčásti, část, sekce',
  nothing: 'žádn*, nic, není, neuvedeno',
  lead: 'toto, tento, tato, rozhodnutí, adr, je, bylo, byl, byla, nyní, aktuálně, a, zcela, plně, týmem',
  months:
    'ledna|leden|led, února|únor|úno, března|březen|bře, dubna|duben|dub, května|květen|kvě, června|červen|čvn, července|červenec|čvc, srpna|srpen|srp, září|zář, října|říjen|říj, listopadu|listopad, prosince|prosinec|pro',
};
