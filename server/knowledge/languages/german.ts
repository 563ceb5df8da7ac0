import type { Language } from './language.ts';

export const GERMAN: Language = {
  name: 'German',
  status: {
    proposed:
      'vorgeschlagen, vorschlag, entwurf, offen, in diskussion, zur diskussion, in abstimmung, in bearbeitung, in arbeit, in prüfung, in review, geplant, zurückgestellt, ausstehend, noch offen, noch nicht entschieden, nicht entschieden',
    accepted:
      'akzeptiert, angenommen, beschlossen, entschieden, genehmigt, freigegeben, verabschiedet, bestätigt, umgesetzt, implementiert, gültig, in kraft, aktiv, final, abgestimmt, vereinbart, zugestimmt',
    rejected: 'abgelehnt, verworfen, zurückgezogen, nicht angenommen, nicht akzeptiert, nicht genehmigt',
    deprecated: 'veraltet, überholt, abgekündigt, obsolet, außer kraft, ausser kraft, nicht mehr gültig, nicht mehr aktuell, ungültig',
    superseded: 'ersetzt, abgelöst',
  },
  parts: {
    title: 'titel',
    status: 'status, zustand, stand',
    date: 'datum, entscheidungsdatum, erstellt, erstellt am, stand vom, beschlossen am, entschieden am',
    context: 'kontext, ausgangslage, hintergrund, problemstellung, kontext und problemstellung, fragestellung, problem, motivation',
    decision: 'entscheidung, entscheidungen, beschluss, ergebnis der entscheidung, entscheidungsergebnis',
    consequences: 'konsequenzen, folgen, auswirkungen',
    options: 'alternativen, optionen, betrachtete alternativen, betrachtete optionen, erwogene optionen, verworfene alternativen',
    summary: 'zusammenfassung, überblick, einleitung',
    changes: 'änderungen, änderungshistorie, historie, verlauf',
    authors: 'autor, autoren, entscheider, verantwortlich, beteiligte',
    'superseded-by': 'ersetzt durch, abgelöst durch',
    supersedes: 'ersetzt, löst ab',
    amends: 'ergänzt, ändert',
  },
  supersededBy: 'ersetzt durch, abgelöst durch, abgelöst von, überholt durch, durch … ersetzt, durch … abgelöst, von … abgelöst',
  supersedes: 'ersetzt, löst … ab',
  partly: 'teilweise, zum teil, teile, in teilen, abschnitt',
  nothing: 'keine, keiner, keines, keinen, nichts, entfällt, niemand',
  lead: 'diese, dieser, dieses, die, der, entscheidung, adr, ist, wurde, wird, nun, jetzt, inzwischen, aktuell, am, seit, und, status, vollständig, ersatzlos, team, vom',
  months:
    'januar|jänner|jan, februar|feber|feb, märz|mrz|mär, april|apr, mai, juni|jun, juli|jul, august|aug, september|sept|sep, oktober|okt, november|nov, dezember|dez',
};
