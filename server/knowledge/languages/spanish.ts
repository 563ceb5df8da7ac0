import type { Language } from './language.ts';

export const SPANISH: Language = {
  name: 'Spanish',
  status: {
    proposed:
      'propuest*, borrador, pendiente*, en revisión, en discusión, en progreso, en curso, en proceso, en evaluación, abiert*, aplazad*, pospuest*, diferid*, en espera, no decidid*, por decidir, planificad*',
    accepted:
      'aceptad*, aprobad*, adoptad*, decidid*, acordad*, vigente*, en vigor, activ*, implementad*, implantad*, confirmad*, ratificad*, completad*, definitiv*',
    rejected: 'rechazad*, descartad*, retirad*, denegad*, abandonad*, cancelad*, no aceptad*, no aprobad*, declinad*',
    deprecated: 'obsolet*, deprecad*, en desuso, desactualizad*, archivad*, derogad*, ya no vigente, ya no aplica, caducad*',
    superseded: 'sustituid*, reemplazad*, remplazad*, supersedid*',
  },
  parts: {
    title: 'título',
    status: 'estado, estatus, situación',
    date: 'fecha, fecha de decisión, fecha de la decisión, decidido el, creado, fecha de creación, fecha de aprobación',
    context: 'contexto, problema, antecedentes, contexto y problema, planteamiento del problema, motivación',
    decision: 'decisión, decisiones, resultado de la decisión, solución',
    consequences: 'consecuencias, implicaciones, impacto',
    options: 'alternativas, opciones, opciones consideradas, alternativas consideradas, alternativas descartadas',
    summary: 'resumen, introducción',
    changes: 'historial, historial de cambios, cambios, registro de cambios',
    authors: 'autor, autores, decisores, responsables, participantes',
    'superseded-by': 'sustituido por, sustituida por, reemplazado por, reemplazada por',
    supersedes: 'sustituye, sustituye a, reemplaza, reemplaza a',
    amends: 'modifica, enmienda, amplía',
  },
  supersededBy: 'sustituid* por, reemplazad* por, remplazad* por, supersedid* por, derogad* por, obsolet* por',
  supersedes: 'sustituye a, sustituye, reemplaza a, reemplaza',
  partly: 'parcialmente, en parte, parcial, parte, sección',
  nothing: 'ningun*, ninguno, ninguna, nada, no aplica, n/d',
  lead: 'esta, este, la, el, decisión, adr, es, está, fue, ha, sido, ahora, actualmente, estado, y, totalmente, completamente, por, equipo, desde',
  months:
    'enero|ene, febrero|feb, marzo|mar, abril|abr, mayo, junio|jun, julio|jul, agosto|ago, septiembre|setiembre|sept|sep|set, octubre|oct, noviembre|nov, diciembre|dic',
};
