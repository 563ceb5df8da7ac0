/**
 * What Lintel does about a key of a git configuration that a repository brings:
 * - `off`: every call of git overrides it with `value`.
 * - `off by name`: the key holds a name that the repository chooses; the keys found in its configuration are overridden with `value`, one by one.
 * - `yours`: overridden with what the configuration of the user or the system says, else with git's own default.
 * - `checked`: names a file, which has to be a regular file inside of the work tree or the git folder.
 * - `refused`: a repository where it leads elsewhere is not read.
 * - `blocked`: would lead git to another address or to a program that talks to one; every call forbids all protocols and fetching.
 * - `unused`: no command of git that Lintel runs reads it.
 * - `harmless`: read, and says nothing but how git finds and names its own data.
 */
export type Treatment = 'off' | 'off by name' | 'yours' | 'checked' | 'refused' | 'blocked' | 'unused' | 'harmless';

/** What the value of a key makes git do. */
export type Names = 'program' | 'file' | 'address' | 'object' | 'place' | 'form';

/** One key of git's configuration, or several that are treated alike. `*` stands for a name that the repository chooses. */
export interface GitKey {
  readonly keys: readonly string[];
  readonly names: Names;
  readonly treatment: Treatment;
  /** What an override says. Present with `off` and `off by name`. */
  readonly value?: string;
}

/**
 * Every key that names a program, a file or an address (git-config(1) of git 2.55), and those that change the output that we parse.
 * docs/git.md shows the same table.
 */
export const GIT_KEYS: readonly GitKey[] = [
  { keys: ['core.hooksPath'], names: 'program', treatment: 'off', value: '/dev/null' },
  { keys: ['hook.*.enabled'], names: 'program', treatment: 'off by name', value: 'false' },
  { keys: ['hook.*.command'], names: 'program', treatment: 'off by name', value: 'true' },
  { keys: ['core.fsmonitor'], names: 'program', treatment: 'off', value: 'false' },
  { keys: ['core.pager'], names: 'program', treatment: 'off', value: 'cat' },
  { keys: ['diff.external'], names: 'program', treatment: 'off', value: '' },
  { keys: ['log.showSignature'], names: 'program', treatment: 'off', value: 'false' },
  { keys: ['gc.auto'], names: 'program', treatment: 'off', value: '0' },
  { keys: ['maintenance.auto'], names: 'program', treatment: 'off', value: 'false' },
  { keys: ['filter.*.clean', 'filter.*.smudge', 'filter.*.process'], names: 'program', treatment: 'off by name', value: '' },
  { keys: ['filter.*.required'], names: 'program', treatment: 'off by name', value: 'false' },
  { keys: ['lfs.extension.*.clean', 'lfs.extension.*.smudge'], names: 'program', treatment: 'off by name', value: '' },
  { keys: ['lfs.customtransfer.*.path', 'lfs.*.standalonetransferagent'], names: 'program', treatment: 'off by name', value: '' },
  { keys: ['lfs.standalonetransferagent'], names: 'program', treatment: 'off', value: '' },
  { keys: ['diff.*.command', 'diff.*.textconv'], names: 'program', treatment: 'off by name', value: '' },
  { keys: ['merge.*.driver'], names: 'program', treatment: 'unused' },
  { keys: ['gpg.program', 'gpg.*.program', 'gpg.ssh.defaultKeyCommand'], names: 'program', treatment: 'unused' },
  { keys: ['core.editor', 'sequence.editor'], names: 'program', treatment: 'unused' },
  { keys: ['pager.*', 'interactive.diffFilter'], names: 'program', treatment: 'unused' },
  { keys: ['alias.*', 'alias.*.command'], names: 'program', treatment: 'unused' },
  { keys: ['trailer.*.command', 'trailer.*.cmd'], names: 'program', treatment: 'unused' },
  { keys: ['uploadpack.packObjectsHook', 'core.alternateRefsCommand', 'gc.recentObjectsHook'], names: 'program', treatment: 'unused' },
  { keys: ['browser.*.cmd', 'man.*.cmd', 'guitool.*.cmd', 'tar.*.command'], names: 'program', treatment: 'unused' },
  { keys: ['browser.*.path', 'man.*.path', 'help.browser', 'web.browser', 'instaweb.httpd'], names: 'program', treatment: 'unused' },
  { keys: ['diff.tool', 'diff.guitool', 'merge.tool', 'merge.guitool'], names: 'program', treatment: 'unused' },
  { keys: ['difftool.*.cmd', 'difftool.*.path', 'mergetool.*.cmd', 'mergetool.*.path'], names: 'program', treatment: 'unused' },
  { keys: ['sendemail.toCmd', 'sendemail.ccCmd', 'sendemail.headerCmd', 'sendemail.sendmailCmd'], names: 'program', treatment: 'unused' },
  { keys: ['core.sshCommand', 'core.gitProxy', 'core.askPass'], names: 'program', treatment: 'blocked' },
  { keys: ['credential.helper', 'credential.*.helper'], names: 'program', treatment: 'blocked' },
  { keys: ['remote.*.vcs', 'remote.*.uploadpack', 'remote.*.receivepack'], names: 'program', treatment: 'blocked' },
  { keys: ['submodule.*.update'], names: 'program', treatment: 'unused' },

  { keys: ['diff.orderFile'], names: 'file', treatment: 'off', value: '/dev/null' },
  { keys: ['mailmap.file'], names: 'file', treatment: 'off', value: '' },
  { keys: ['mailmap.blob'], names: 'object', treatment: 'off', value: '' },
  { keys: ['log.mailmap'], names: 'file', treatment: 'off', value: 'false' },
  { keys: ['core.attributesFile', 'core.excludesFile'], names: 'file', treatment: 'yours' },
  { keys: ['blame.ignoreRevsFile'], names: 'file', treatment: 'checked' },
  { keys: ['include.path', 'includeIf.*.path'], names: 'file', treatment: 'checked' },
  { keys: ['gpg.ssh.allowedSignersFile', 'gpg.ssh.revocationFile'], names: 'file', treatment: 'unused' },
  { keys: ['commit.template', 'init.templateDir', 'format.signatureFile', 'format.outputDirectory'], names: 'file', treatment: 'unused' },
  { keys: ['sendemail.aliasesFile', 'gitcvs.logFile', 'help.htmlPath', 'instaweb.modulePath'], names: 'file', treatment: 'unused' },
  { keys: ['trace2.normalTarget', 'trace2.perfTarget', 'trace2.eventTarget'], names: 'file', treatment: 'unused' },
  { keys: ['http.cookieFile', 'http.sslCert', 'http.sslKey', 'http.sslCAInfo', 'http.sslCAPath'], names: 'file', treatment: 'blocked' },
  { keys: ['fsmonitor.socketDir'], names: 'file', treatment: 'unused' },

  { keys: ['remote.*.url', 'remote.*.pushurl', 'remote.*.proxy', 'http.proxy'], names: 'address', treatment: 'blocked' },
  { keys: ['remote.*.promisor', 'remote.*.partialclonefilter', 'extensions.partialClone'], names: 'address', treatment: 'blocked' },
  { keys: ['protocol.allow', 'protocol.*.allow'], names: 'address', treatment: 'blocked' },
  { keys: ['url.*.insteadOf', 'url.*.pushInsteadOf'], names: 'address', treatment: 'blocked' },
  { keys: ['fetch.bundleURI', 'bundle.*.uri', 'transfer.bundleURI'], names: 'address', treatment: 'blocked' },
  { keys: ['submodule.*.url'], names: 'address', treatment: 'unused' },

  { keys: ['core.worktree', 'core.bare'], names: 'place', treatment: 'refused' },
  { keys: ['extensions.worktreeConfig', 'extensions.relativeWorktrees'], names: 'place', treatment: 'harmless' },
  { keys: ['extensions.objectFormat', 'extensions.compatObjectFormat', 'extensions.refStorage'], names: 'object', treatment: 'harmless' },
  { keys: ['attr.tree', 'core.notesRef', 'notes.displayRef', 'core.useReplaceRefs'], names: 'object', treatment: 'harmless' },
  { keys: ['core.commitGraph', 'core.multiPackIndex'], names: 'object', treatment: 'harmless' },
  { keys: ['core.splitIndex', 'core.untrackedCache', 'core.preloadIndex'], names: 'object', treatment: 'harmless' },
  { keys: ['safe.directory', 'safe.bareRepository'], names: 'place', treatment: 'unused' },

  { keys: ['core.longpaths', 'log.showRoot'], names: 'form', treatment: 'off', value: 'true' },
  { keys: ['core.warnAmbiguousRefs', 'log.follow', 'color.ui'], names: 'form', treatment: 'off', value: 'false' },
  { keys: ['status.submoduleSummary', 'submodule.recurse'], names: 'form', treatment: 'off', value: 'false' },
  { keys: ['diff.submodule'], names: 'form', treatment: 'off', value: 'short' },
  { keys: ['i18n.logOutputEncoding'], names: 'form', treatment: 'off', value: 'UTF-8' },
];

/** An attribute that git knows (gitattributes(5) of git 2.55), with what comes of it; `[attr]` defines several under one name. */
export interface GitAttribute {
  readonly attribute: string;
  readonly effect: string;
}

/** Every attribute that a `.gitattributes` may give to a file. */
export const GIT_ATTRIBUTES: readonly GitAttribute[] = [
  { attribute: 'filter', effect: 'names a driver whose programs are switched off, unless it is your own' },
  { attribute: 'diff', effect: 'names a driver whose programs are never asked for' },
  { attribute: 'merge', effect: 'not used: nothing is merged' },
  { attribute: 'text', effect: 'harmless: line ends are compared as git does' },
  { attribute: 'eol', effect: 'harmless: line ends are compared as git does' },
  { attribute: 'crlf', effect: 'harmless: line ends are compared as git does' },
  { attribute: 'working-tree-encoding', effect: 'harmless: git converts the text itself' },
  { attribute: 'ident', effect: 'harmless: git ignores what is between `$Id` and `$`' },
  { attribute: 'whitespace', effect: 'not used' },
  { attribute: 'conflict-marker-size', effect: 'not used' },
  { attribute: 'export-ignore', effect: 'not used: nothing is archived' },
  { attribute: 'export-subst', effect: 'not used: nothing is archived' },
  { attribute: 'delta', effect: 'not used: nothing is packed' },
  { attribute: 'encoding', effect: 'not used' },
  { attribute: '[attr]', effect: 'harmless: another name for attributes of this table' },
];

/** One setting of a git configuration. */
export interface Setting {
  readonly key: string;
  readonly value: string;
}

/** What every call of git overrides. */
export const FIXED_SETTINGS: readonly Setting[] = GIT_KEYS.flatMap(({ keys, treatment, value }) =>
  treatment === 'off' && value !== undefined ? keys.map((key) => ({ key, value })) : [],
);

/** Section and last part of a key do not depend on case, the name between them does and may hold points. */
const patternOf = (key: string): RegExp => {
  const parts = key.split('*').map((part) => part.replace(/[.]/g, '\\.'));
  return new RegExp(`^${parts.join('.*')}$`, 'is');
};

/** A key whose name in the middle the repository chooses, in its three parts. */
const partsOf = (key: string): { readonly before: string; readonly after: string } => {
  const star = key.indexOf('*');
  return { before: key.slice(0, star).toLowerCase(), after: key.slice(star + 1).toLowerCase() };
};

const BY_NAME = GIT_KEYS.flatMap(({ keys, treatment, value }) =>
  treatment === 'off by name' && value !== undefined ? keys.map((key) => ({ ...partsOf(key), value })) : [],
);

/**
 * What switches off the programs that a configuration brings, given the keys in it: for each name with a program, all keys of its kind, because a driver
 * may run by any of them.
 */
export const overridesByName = (keys: Iterable<string>): readonly Setting[] => {
  const found = new Map<string, Setting>();
  for (const key of keys) {
    const lower = key.toLowerCase();
    for (const { before, after } of BY_NAME) {
      if (!lower.startsWith(before) || !lower.endsWith(after) || key.length < before.length + after.length) continue;
      const name = key.slice(before.length, key.length - after.length);
      for (const each of BY_NAME) {
        if (each.before === before) found.set(`${before}${name}${each.after}`, { key: `${before}${name}${each.after}`, value: each.value });
      }
    }
  }
  return [...found.values()];
};

const PATTERNS = GIT_KEYS.flatMap((row) => row.keys.map((key) => ({ pattern: patternOf(key), row })));

/** The row of a key as git prints it; `undefined` for a key that is none of ours. */
export const rowOf = (key: string): GitKey | undefined => PATTERNS.find(({ pattern }) => pattern.test(key))?.row;
