import type { Language } from './language.ts';

export const PORTUGUESE: Language = {
  name: 'Portuguese',
  status: {
    proposed:
      'propost*, rascunho, pendente*, em revisão, em discussão, em andamento, em análise, em avaliação, em elaboração, em aberto, abert*, adiad*, aguardando, em espera, não decidid*, a decidir, planejad*, planead*',
    accepted:
      'aceit*, aprovad*, adotad*, adoptad*, decidid*, acordad*, vigente*, em vigor, ativ*, activ*, implementad*, implantad*, confirmad*, ratificad*, concluíd*, definid*',
    rejected: 'rejeitad*, recusad*, descartad*, retirad*, negad*, abandonad*, cancelad*, não aceit*, não aprovad*',
    deprecated: 'obsolet*, depreciad*, descontinuad*, desatualizad*, em desuso, arquivad*, revogad*, não mais vigente',
    superseded: 'substituíd*, superad*, supersedid*',
  },
  parts: {
    title: 'título',
    status: 'status, estado, situação',
    date: 'data, data da decisão, decidido em, criado em, data de criação, data de aprovação',
    context: 'contexto, problema, contexto e problema, contexto e motivação, motivação, declaração do problema',
    decision: 'decisão, decisões, resultado da decisão, solução',
    consequences: 'consequências, impactos, implicações, consequencias',
    options: 'alternativas, opções, opções consideradas, alternativas consideradas, alternativas avaliadas, alternativas rejeitadas',
    summary: 'resumo, introdução',
    changes: 'histórico, histórico de alterações, alterações, histórico de revisões',
    authors: 'autor, autores, decisores, responsáveis, responsável, participantes',
    'superseded-by': 'substituído por, substituída por, substituido por, substituida por',
    supersedes: 'substitui, substitui a, substitui o',
    amends: 'altera, emenda, complementa',
  },
  supersededBy: 'substituíd* por, substituíd* pel*, superad* por, superad* pel*, supersedid* por, revogad* por, revogad* pel*',
  supersedes: 'substitui, supersede, revoga',
  partly: 'parcialmente, em parte, parcial, parte*, seção',
  nothing: 'nenhum, nenhuma, nada, não se aplica, não aplicável',
  lead: 'esta, este, a, o, decisão, adr, é, está, foi, agora, atualmente, status, estado, e, totalmente, completamente, pelo, pela, time, desde, proposta e',
  months:
    'janeiro|jan, fevereiro|fev, março|mar, abril|abr, maio|mai, junho|jun, julho|jul, agosto|ago, setembro|set, outubro|out, novembro|nov, dezembro|dez',
};
