#!/usr/bin/python3
"""Steps 2 and 3. The vocabulary, and the pairs as token ids.

usage: data.py vocab  <repos.txt> <pairs dir> <tokenizer dir> [size=32000] [pieces=8000]
       data.py encode <repos.txt> <pairs dir> <tokenizer dir> <data.npz> [max share of one repository=0.02]

repos.txt names one <repo>.tsv of the pairs dir a line. Nothing outside that list is counted or encoded.
"""
import array, collections, json, os, re, sys, zlib

KINDS = 'HTSIBPDFQMCXZYKA'
# One rule for words, here, in tokenizer.json and in server/embedding/wordpiece.ts: split camelCase, lower-case, keep letters and digits.
CAMEL1, CAMEL2 = re.compile(r'(?<=[a-z0-9])(?=[A-Z])'), re.compile(r'(?<=[A-Z]{2})(?=[A-Z][a-z]{2})')
WORD = re.compile(r'[^\W_]+')


def words(s):
    return WORD.findall(CAMEL2.sub(' ', CAMEL1.sub(' ', s)).lower())


class Tokenizer:
    """WordPiece, longest match first; the same ids as the Hugging Face tokenizers give for tokenizer.json."""

    def __init__(self, folder):
        m = json.load(open(folder + '/tokenizer.json'))['model']
        self.vocab, self.cache, self.unk, self.longest = m['vocab'], {}, m['vocab'][m['unk_token']], m['max_input_chars_per_word']

    def word(self, w):
        r = self.cache.get(w)
        if r is not None: return r
        r, s = ([self.unk], len(w)) if len(w) > self.longest else ([], 0)
        while s < len(w):
            for e in range(len(w), s, -1):
                hit = self.vocab.get('##' + w[s:e] if s else w[:e])
                if hit is not None: break
            else:
                r = [self.unk]
                break
            r.append(hit)
            s = e
        if len(self.cache) > 1500000: self.cache.clear()
        self.cache[w] = r
        return r

    def ids(self, text):
        return [i for w in words(text) for i in self.word(w)]


def tokenizer_json(vocab):
    return {"version": "1.0", "truncation": None, "padding": None,
            "added_tokens": [{"id": i, "content": t, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
                              "special": True} for i, t in enumerate(["[PAD]", "[UNK]"])],
            "normalizer": {"type": "Sequence", "normalizers": [
                {"type": "Replace", "pattern": {"Regex": CAMEL1.pattern}, "content": " "},
                {"type": "Replace", "pattern": {"Regex": CAMEL2.pattern}, "content": " "},
                {"type": "Lowercase"}]},
            "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "[\\p{L}\\p{N}]+"}, "behavior": "Removed", "invert": True},
            "post_processor": None, "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                      "max_input_chars_per_word": 64, "vocab": vocab}}


def make_vocab(repos, pairs, out, size, pieces):
    import sentencepiece
    count, in_repos = collections.Counter(), collections.Counter()
    for r in repos:
        c = collections.Counter()
        n = 0
        for l in open(f'{pairs}/{r}.tsv', errors='replace'):
            if l[0] in 'TPXI': continue  # these kinds repeat the text of others
            c.update(words(l[2:]))
            n += 1
            if n > 12000: break  # a large repository has no more say than this
        for w, f in c.items():
            if len(w) <= 40 and w.isascii():
                count[w] += min(f, 3000)
                in_repos[w] += 1
    count = collections.Counter({w: f for w, f in count.items() if f >= 2})
    os.makedirs(out, exist_ok=True)
    with open(out + '/words.tsv', 'w') as f:
        for w, c in count.most_common(250000): f.write(f'{w}\t{c}\n')
    # Byte-pair pieces spell the words that get no entry of their own.
    sentencepiece.SentencePieceTrainer.train(
        input=out + '/words.tsv', input_format='tsv', model_prefix=out + '/spm', model_type='bpe', vocab_size=pieces, character_coverage=1.0,
        num_threads=1, minloglevel=2, add_dummy_prefix=True, split_by_number=False, split_by_whitespace=True)
    vocab = {'[PAD]': 0, '[UNK]': 1}

    def add(t):
        if t and t not in vocab: vocab[t] = len(vocab)
    for ch in 'abcdefghijklmnopqrstuvwxyz0123456789': add(ch); add('##' + ch)
    for l in open(out + '/spm.vocab'):
        p = l.split('\t')[0]
        if p.startswith('<') or p == '\u2581': continue
        add(p[1:] if p[0] == '\u2581' else '##' + p)
    # Whole words: frequent, and above all frequent in many repositories.
    for w in sorted(count, key=lambda w: -(min(count[w], 2000) ** .5 * in_repos[w]) if len(w) > 1 else 0):
        if len(vocab) >= size: break
        if in_repos[w] >= 3 and not (w.isdigit() and len(w) > 4): add(w)
    json.dump(tokenizer_json(vocab), open(out + '/tokenizer.json', 'w'))
    json.dump({"tokenizer_class": "PreTrainedTokenizerFast", "unk_token": "[UNK]", "pad_token": "[PAD]", "model_max_length": 1000000},
              open(out + '/tokenizer_config.json', 'w'))
    print('word types', len(count), 'tokens', sum(count.values()), 'vocabulary', len(vocab))


def encode(repos, pairs, tok, out, share, max_q=48, max_p=200):
    import numpy as np
    T = Tokenizer(tok)
    q, p, ql, pl, kind, repo, qh, ph = array.array('H'), array.array('H'), [0], [0], [], [], [], []
    for i, r in enumerate(repos):
        lines = open(f'{pairs}/{r}.tsv', errors='replace').read().split('\n')[:-1]
        seen = set()
        for l in lines:
            f = l.split('\t')
            if len(f) != 3 or l[:300] in seen: continue
            seen.add(l[:300])
            a, b = T.ids(f[1])[:max_q], T.ids(f[2])[:max_p]
            if len(a) < 2 or len(b) < 5: continue
            q.extend(a); p.extend(b)
            ql.append(len(q)); pl.append(len(p))
            kind.append(KINDS.index(f[0])); repo.append(i)
            # hashes of both sides: equal ones are not negatives of each other
            qh.append(zlib.crc32(array.array('H', a).tobytes())); ph.append(zlib.crc32(array.array('H', b[:40]).tobytes()))
    z = cap(dict(q=np.frombuffer(q, np.uint16), p=np.frombuffer(p, np.uint16), ql=np.array(ql, np.int64), pl=np.array(pl, np.int64),
                 kind=np.array(kind, np.int8), repo=np.array(repo, np.int16), qh=np.array(qh, np.uint32), ph=np.array(ph, np.uint32)), share)
    save(z, repos, out)


def cap(z, share):
    """Drops pairs at random until no repository has more than this share of them."""
    import numpy as np
    n = np.bincount(z['repo'])
    most = n.max()
    while most > share * np.minimum(n, most).sum(): most -= 10
    rng, keep = np.random.default_rng(0), np.ones(len(z['repo']), bool)
    for r in np.flatnonzero(n > most):
        keep[rng.permutation(np.flatnonzero(z['repo'] == r))[most:]] = False
    for t, off in (('q', 'ql'), ('p', 'pl')):
        size = np.diff(z[off])
        z[t] = z[t][np.repeat(keep, size)]
        z[off] = np.concatenate([[0], np.cumsum(size[keep])])
    for k in ('kind', 'repo', 'qh', 'ph'): z[k] = z[k][keep]
    return z


def save(z, repos, out):
    import numpy as np
    np.savez(out, **z)
    n = np.bincount(z['repo'], minlength=len(repos))
    with open(os.path.splitext(out)[0] + '.counts.txt', 'w') as f:
        for r, c in zip(repos, n): f.write(f'{r}\t{c}\n')
    print('pairs', n.sum(), 'largest share %.4f' % (n.max() / n.sum()), {k: int((z['kind'] == i).sum()) for i, k in enumerate(KINDS)})


if __name__ == '__main__':
    cmd, lst, pairs, tok, *rest = sys.argv[1:]
    repos = open(lst).read().split()
    if cmd == 'vocab': make_vocab(repos, pairs, tok, int(rest[0]) if rest else 32000, int(rest[1]) if rest[1:] else 8000)
    elif cmd == 'encode': encode(repos, pairs, tok, rest[0], float(rest[1]) if rest[1:] else .02)
    else: sys.exit(__doc__)
