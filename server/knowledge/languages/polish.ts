import type { Language } from './language.ts';

export const POLISH: Language = {
  name: 'Polish',
  status: {
    proposed:
      'zaproponowan*, propozycja, proponowan*, szkic, projekt, robocz*, w trakcie, w dyskusji, w trakcie dyskusji, w przeglądzie, w recenzji, oczekuj*, otwart*, odłożon*, wstrzyman*, do decyzji, planowan*, nierozstrzygnięt*',
    accepted:
      'zaakceptowan*, akceptowan*, przyjęt*, zatwierdzon*, uzgodnion*, obowiązuj*, wdrożon*, zaimplementowan*, aktywn*, aktualn*, ukończon*, podjęt*',
    rejected: 'odrzucon*, wycofan*, porzucon*, anulowan*, niezaakceptowan*, nieprzyjęt*',
    deprecated: 'przestarzał*, wycofywan*, nieaktualn*, nieobowiązuj*, zarchiwizowan*, uchylon*',
    superseded: 'zastąpion*, zastapion*',
  },
  parts: {
    title: 'tytuł',
    status: 'status, stan',
    date: 'data, data decyzji, data podjęcia decyzji, data utworzenia, utworzono',
    context: 'kontekst, problem, kontekst i problem, opis problemu, tło, motywacja',
    decision: 'decyzja, decyzje, rozstrzygnięcie, rozwiązanie',
    consequences: 'konsekwencje, skutki, wpływ',
    options: 'alternatywy, opcje, rozważane opcje, rozważane alternatywy, odrzucone alternatywy',
    summary: 'podsumowanie, streszczenie, wstęp, wprowadzenie',
    changes: 'historia zmian, historia, zmiany',
    authors: 'autor, autorzy, decydenci, uczestnicy',
    'superseded-by': 'zastąpione przez, zastąpiony przez, zastąpiona przez',
    supersedes: 'zastępuje',
    amends: 'zmienia, uzupełnia',
  },
  supersededBy: 'zastąpion* przez, uchylon* przez',
  supersedes: 'zastępuje, uchyla',
  partly: 'częściowo, w części, część, sekcja',
  nothing: 'brak, nie dotyczy, żaden, żadna, nic',
  lead: 'ta, ten, to, decyzja, adr, jest, została, zostało, został, teraz, obecnie, i, całkowicie, w pełni, przez, zespół',
  months:
    'stycznia|styczeń|sty, lutego|luty|lut, marca|marzec|mar, kwietnia|kwiecień|kwi, maja|maj, czerwca|czerwiec|cze, lipca|lipiec|lip, sierpnia|sierpień|sie, września|wrzesień|wrz, października|październik|paź, listopada|listopad|lis, grudnia|grudzień|gru',
};
