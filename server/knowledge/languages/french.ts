import type { Language } from './language.ts';

export const FRENCH: Language = {
  name: 'French',
  status: {
    proposed:
      'proposé*, proposition, brouillon, ébauche, en cours, en discussion, en attente, en revue, en cours de discussion, en cours de validation, en cours de rédaction, à discuter, à valider, à décider, ouvert*, reporté*, différé*, suspendu*, non décidé*, pas encore décidé*',
    accepted:
      'accepté*, adopté*, approuvé*, validé*, décidé*, acté*, retenu*, implémenté*, mis en œuvre, mise en œuvre, mis en place, mise en place, en vigueur, actif, active, confirmé*, terminé*, appliqué*, résolu*',
    rejected: 'rejeté*, refusé*, abandonné*, retiré*, annulé*, non retenu*, non accepté*, non validé*, écarté*',
    deprecated: 'obsolète*, déprécié*, périmé*, caduc, caduque, archivé*, plus en vigueur, plus valable, plus d’actualité',
    superseded: 'remplacé*, supplanté*',
  },
  parts: {
    title: 'titre',
    status: 'statut, état, etat',
    date: 'date, date de décision, date de la décision, décidé le, créé le, date de création, adopté le, mis à jour le',
    context: 'contexte, problème, problématique, contexte et problème, contexte et problématique, énoncé du problème, motivation',
    decision: 'décision, décisions, résultat de la décision, solution retenue, choix',
    consequences: 'conséquences, impacts, impact',
    options: 'options, alternatives, options envisagées, solutions envisagées, alternatives envisagées, options considérées, solutions',
    summary: 'résumé, introduction',
    changes: 'historique, modifications, journal des modifications',
    authors: 'auteur, auteurs, décideurs, participants',
    'superseded-by': 'remplacé par, remplacée par',
    supersedes: 'remplace, annule et remplace',
    amends: 'amende, complète, modifie',
  },
  supersededBy: 'remplacé* par, supplanté* par, obsolète depuis, rendu* obsolète par, abandonné* au profit de',
  supersedes: 'remplace, annule et remplace, supersède',
  partly: 'partiellement, en partie, partiel*, partie*, section',
  nothing: 'aucun, aucune, néant, rien, sans objet, non applicable, s/o',
  lead: 'cette, ce, la, le, l, décision, adr, a, est, été, maintenant, désormais, actuellement, depuis, statut, et, totalement, entièrement, en, au, par, équipe',
  months:
    'janvier|janv, février|févr|fév, mars, avril|avr, mai, juin, juillet|juil, août, septembre|sept, octobre|oct, novembre|nov, décembre|déc',
};
