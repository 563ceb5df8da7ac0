import * as vscode from 'vscode';
import { escapeHtml } from './html.ts';

/** What a page in the editor is made of besides its words. */
export interface PageParts {
  readonly nonce: string;
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
}

/**
 * The beginning of a page, up to and with the start of its body. Its content security policy allows only its own script and style.
 * @param text the words of the page, which its script reads
 */
export const pageStart = ({ nonce, cspSource, style }: PageParts, text: { readonly label: string }): string => `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeHtml(style)}">
<title>${escapeHtml(text.label)}</title>
</head>
<body data-strings="${escapeHtml(JSON.stringify(text))}">`;
