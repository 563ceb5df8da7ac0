import type { Language } from './language.ts';

/** Bokmål and Nynorsk. */
export const NORWEGIAN: Language = {
  name: 'Norwegian',
  status: {
    proposed:
      'foreslått, forslag, utkast, kladd, under arbeid, under behandling, under vurdering, under diskusjon, til diskusjon, til vurdering, til behandling, på høring, åpen, ikke besluttet, ikkje avgjort, ikke avgjort, utsatt, planlagt, pågår',
    accepted:
      'akseptert, godkjent, godteken, vedtatt, vedteke, vedteken, besluttet, beslutta, bestemt, avgjort, gjeldende, gjeldande, i kraft, iverksatt, implementert, innført, bekreftet, gyldig, endelig, enighet',
    rejected: 'avvist, avslått, forkastet, forkasta, trukket, trukket tilbake, ikke godkjent, ikke akseptert, ikke vedtatt',
    deprecated: 'utdatert, foreldet, forelda, utgått, utfaset, ugyldig, avviklet, ikke lenger gjeldende, ikke lenger gyldig, arkivert',
    superseded: 'erstattet, erstatta, avløst, avløyst',
  },
  parts: {
    title: 'tittel',
    status: 'status, tilstand',
    date: 'dato, beslutningsdato, besluttet dato, vedtaksdato, opprettet, vedtatt dato',
    context: 'kontekst, bakgrunn, problemstilling, kontekst og problemstilling, utgangspunkt, problem, motivasjon, problembeskrivelse',
    decision: 'beslutning, beslutninger, avgjørelse, avgjerd, vedtak, konklusjon, valg, valgt løsning',
    consequences: 'konsekvenser, konsekvens, følger',
    options: 'alternativer, alternativ, vurderte alternativer, vurderte løsninger, muligheter',
    summary: 'sammendrag, oppsummering, innledning, samandrag',
    changes: 'endringer, endringslogg, historikk',
    authors: 'forfatter, forfattere, beslutningstakere, beslutningstaker, deltakere',
    'superseded-by': 'erstattet av, avløst av, erstatta av',
    supersedes: 'erstatter, erstattar, avløser',
    amends: 'endrer, utfyller',
  },
  supersededBy: 'erstattet av, erstatta av, erstattet med, avløst av, avløyst av',
  supersedes: 'erstatter, erstattar, avløser',
  partly: 'delvis, til dels, deler av',
  nothing: 'ingen, ingenting, ikke aktuelt, ikke relevant',
  lead: 'denne, dette, beslutningen, avgjørelsen, vedtaket, adr, er, ble, vart, blei, nå, no, av, den, og, helt, teamet, siden',
  months:
    'januar|jan, februar|feb, mars|mar, april|apr, mai, juni|jun, juli|jul, august|aug, september|sept|sep, oktober|okt, november|nov, desember|des',
};

export const SWEDISH: Language = {
  name: 'Swedish',
  status: {
    proposed:
      'föreslagen, föreslaget, förslag, utkast, under arbete, under behandling, under diskussion, för diskussion, under utredning, öppen, öppet, pågående, ej beslutad, ej beslutat, inte beslutad, planerad, planerat, uppskjuten',
    accepted:
      'accepterad, accepterat, godkänd, godkänt, antagen, antaget, beslutad, beslutat, fastställd, fastställt, gällande, i kraft, giltig, giltigt, aktiv, aktivt, införd, infört, implementerad, implementerat, bekräftad',
    rejected:
      'avvisad, avvisat, avslagen, avslaget, förkastad, förkastat, nekad, nekat, avfärdad, avfärdat, tillbakadragen, tillbakadraget, ej godkänd, ej godkänt',
    deprecated:
      'föråldrad, föråldrat, inaktuell, inaktuellt, utfasad, utfasat, utgången, utgånget, ogiltig, avvecklad, inte längre giltig, arkiverad, arkiverat',
    superseded: 'ersatt, avlöst',
  },
  parts: {
    title: 'titel, rubrik',
    status: 'status, tillstånd',
    date: 'datum, beslutsdatum, skapad, beslutad den',
    context: 'kontext, bakgrund, sammanhang, problemställning, kontext och problemställning, problem, motivering, problembeskrivning',
    decision: 'beslut, avgörande, slutsats, val',
    consequences: 'konsekvenser, konsekvens, följder',
    options: 'alternativ, övervägda alternativ, lösningsförslag, övervägda lösningar',
    summary: 'sammanfattning, inledning',
    changes: 'ändringar, ändringshistorik, historik, ändringslogg',
    authors: 'författare, beslutsfattare, deltagare',
    'superseded-by': 'ersatt av, ersätts av, avlöst av',
    supersedes: 'ersätter, avlöser',
    amends: 'ändrar, kompletterar',
  },
  supersededBy: 'ersatt av, ersatt med, ersätts av, avlöst av, avlöses av',
  supersedes: 'ersätter, avlöser',
  partly: 'delvis, till viss del, delar av',
  nothing: 'ingen, inget, inga, ej aktuellt, ej tillämpligt',
  lead: 'detta, denna, beslutet, beslut, adr, är, blev, har, nu, av, den, och, helt, teamet, sedan, blivit',
  months:
    'januari|jan, februari|feb, mars|mar, april|apr, maj, juni|jun, juli|jul, augusti|aug, september|sept|sep, oktober|okt, november|nov, december|dec',
};

export const DANISH: Language = {
  name: 'Danish',
  status: {
    proposed:
      'foreslået, forslag, udkast, kladde, under udarbejdelse, under behandling, under overvejelse, til diskussion, til høring, i høring, åben, ikke besluttet, udskudt, planlagt, igangværende, i gang',
    accepted:
      'accepteret, godkendt, vedtaget, besluttet, gældende, i kraft, gyldig, aktiv, implementeret, indført, bekræftet, endelig, tiltrådt',
    rejected: 'afvist, forkastet, afslået, trukket tilbage, ikke godkendt, ikke accepteret, ikke vedtaget',
    deprecated: 'forældet, udgået, udfaset, ugyldig, ikke længere gældende, ikke længere gyldig, arkiveret',
    superseded: 'erstattet, afløst',
  },
  parts: {
    title: 'titel',
    status: 'status, tilstand',
    date: 'dato, beslutningsdato, oprettet, besluttet den',
    context: 'kontekst, baggrund, problemstilling, kontekst og problemstilling, udgangspunkt, problem, motivation, problembeskrivelse',
    decision: 'beslutning, beslutninger, afgørelse, konklusion, valg, valgt løsning',
    consequences: 'konsekvenser, konsekvens, følger',
    options: 'alternativer, overvejede alternativer, muligheder, løsningsmuligheder',
    summary: 'resumé, sammenfatning, indledning',
    changes: 'ændringer, ændringslog, historik',
    authors: 'forfatter, forfattere, beslutningstagere, deltagere',
    'superseded-by': 'erstattet af, afløst af',
    supersedes: 'erstatter, afløser',
    amends: 'ændrer, supplerer',
  },
  supersededBy: 'erstattet af, erstattet med, erstattes af, afløst af',
  supersedes: 'erstatter, afløser',
  partly: 'delvist, delvis, til dels, dele af',
  nothing: 'ingen, intet, ikke relevant',
  lead: 'denne, dette, beslutningen, afgørelsen, adr, er, blev, nu, af, den, og, helt, teamet, siden',
  months:
    'januar|jan, februar|feb, marts|mar, april|apr, maj, juni|jun, juli|jul, august|aug, september|sept|sep, oktober|okt, november|nov, december|dec',
};

export const FINNISH: Language = {
  name: 'Finnish',
  status: {
    proposed:
      'ehdotettu, ehdotus, luonnos, käsittelyssä, keskustelussa, kesken, avoin, työn alla, suunniteltu, lykätty, päättämättä, ei päätetty, valmisteilla',
    accepted: 'hyväksytty, päätetty, voimassa, voimassa oleva, vahvistettu, käytössä, toteutettu, lopullinen, sovittu',
    rejected: 'hylätty, torjuttu, peruttu, vedetty pois, ei hyväksytty',
    deprecated: 'vanhentunut, poistunut, poistettu käytöstä, kumottu, ei voimassa, arkistoitu',
    superseded: 'korvattu, korvautunut',
  },
  parts: {
    title: 'otsikko',
    status: 'tila, status',
    date: 'päivämäärä, päiväys, päätöspäivä, luotu',
    context: 'konteksti, tausta, asiayhteys, ongelma, ongelmankuvaus, taustaa, lähtötilanne',
    decision: 'päätös, päätökset, ratkaisu, valinta',
    consequences: 'seuraukset, seuraus, vaikutukset',
    options: 'vaihtoehdot, harkitut vaihtoehdot, tarkastellut vaihtoehdot',
    summary: 'yhteenveto, johdanto, tiivistelmä',
    changes: 'muutokset, muutoshistoria, historia, muutosloki',
    authors: 'kirjoittaja, kirjoittajat, tekijät, päättäjät, osallistujat',
    'superseded-by': 'korvaava, korvattu päätöksellä',
    supersedes: 'korvaa',
    amends: 'muuttaa, täydentää',
  },
  supersededBy: 'korvattu päätöksellä, korvattu, … korvaa',
  supersedes: 'korvaa',
  partly: 'osittain, osin',
  nothing: 'ei mitään, ei ole, ei sovellu',
  lead: 'tämä, päätös, adr, on, oli, nyt, ja, se, tiimi, kokonaan',
  months:
    'tammikuu|tammikuuta|tammi, helmikuu|helmikuuta|helmi, maaliskuu|maaliskuuta|maalis, huhtikuu|huhtikuuta|huhti, toukokuu|toukokuuta|touko, kesäkuu|kesäkuuta|kesä, heinäkuu|heinäkuuta|heinä, elokuu|elokuuta|elo, syyskuu|syyskuuta|syys, lokakuu|lokakuuta|loka, marraskuu|marraskuuta|marras, joulukuu|joulukuuta|joulu',
};
