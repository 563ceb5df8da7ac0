import type { Language } from './language.ts';

export const DUTCH: Language = {
  name: 'Dutch',
  status: {
    proposed:
      'voorgesteld*, voorstel, concept, ontwerp, in behandeling, in bespreking, ter bespreking, ter discussie, in review, openstaand, uitgesteld, nog niet besloten, gepland',
    accepted:
      'geaccepteerd*, aanvaard*, aangenomen, goedgekeurd*, besloten, vastgesteld, geldig, van kracht, actief, geïmplementeerd*, bevestigd, akkoord, definitief',
    rejected: 'afgewezen, verworpen, geweigerd, ingetrokken, afgekeurd, geannuleerd, niet geaccepteerd, niet akkoord',
    deprecated: 'verouderd, vervallen, achterhaald, afgeschaft, niet meer geldig, gearchiveerd',
    superseded: 'vervangen, opgevolgd',
  },
  parts: {
    title: 'titel',
    status: 'status, toestand',
    date: 'datum, besluitdatum, datum besluit, aangemaakt, besloten op',
    context: 'context, achtergrond, probleemstelling, context en probleemstelling, aanleiding, probleem, motivatie',
    decision: 'besluit, beslissing, besluiten, beslissingen, keuze, uitkomst',
    consequences: 'gevolgen, consequenties, impact',
    options: 'alternatieven, opties, overwogen opties, overwogen alternatieven',
    summary: 'samenvatting, inleiding',
    changes: 'wijzigingen, geschiedenis, wijzigingsgeschiedenis',
    authors: 'auteur, auteurs, beslissers, betrokkenen',
    'superseded-by': 'vervangen door, opgevolgd door',
    supersedes: 'vervangt',
    amends: 'wijzigt, vult aan',
  },
  supersededBy: 'vervangen door, opgevolgd door, door … vervangen',
  supersedes: 'vervangt',
  partly: 'gedeeltelijk, deels, delen, sectie',
  nothing: 'geen, niets, niet van toepassing, n.v.t',
  lead: 'dit, deze, het, de, besluit, beslissing, adr, is, werd, nu, inmiddels, op, en, volledig, geheel, door, team, sinds',
  months:
    'januari|jan, februari|feb, maart|mrt, april|apr, mei, juni|jun, juli|jul, augustus|aug, september|sept|sep, oktober|okt, november|nov, december|dec',
};
