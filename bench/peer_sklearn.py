"""A peer for `assess`: scikit-learn TF-IDF and logistic regression, on the same offers, on one core.

    forewarn train --out model-out --examples examples.jsonl
    python3 bench/peer_sklearn.py examples.jsonl [--bytes 1000] [--count 20000]

Trains on the part `train`, ranks the part `held_out`, then scores offers of about `--bytes` bytes (offers joined until
they are that long, as `bench/make_ads.py` does not label) and prints one line of JSON: ads per CPU second, ROC AUC.
Needs scikit-learn.
"""

import argparse
import json
import os
import resource

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.metrics import roc_auc_score  # noqa: E402
from sklearn.pipeline import make_pipeline, make_union  # noqa: E402


def cpu_s():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def texts_of(rows, bytes_min, count):
    """Offers joined to at least `bytes_min` bytes, `count` of them."""
    texts, at = [], 0
    while len(texts) < count:
        text = ""
        while len(text.encode()) < bytes_min:
            text += rows[at % len(rows)]["text"] + "\n"
            at += 1
        texts.append(text)
    return texts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("examples")
    parser.add_argument("--bytes", type=int, default=1000)
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--analyzer", choices=["word", "both"], default="both")
    options = parser.parse_args()
    with open(options.examples, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    part = {name: [row for row in rows if row["part"] == name] for name in ("train", "held_out")}
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    chars = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    features = words if options.analyzer == "word" else make_union(words, chars)
    pipeline = make_pipeline(features, LogisticRegression(C=10, max_iter=1000, class_weight="balanced"))
    label = {name: [row["label"] == "lure" for row in part[name]] for name in part}
    before = cpu_s()
    pipeline.fit([row["text"] for row in part["train"]], label["train"])
    trained = cpu_s() - before
    scores = pipeline.predict_proba([row["text"] for row in part["held_out"]])[:, 1]
    ads = texts_of(rows, options.bytes, options.count)
    before = cpu_s()
    for start in range(0, len(ads), 1000):
        pipeline.predict_proba(ads[start : start + 1000])
    scored = cpu_s() - before
    print(
        json.dumps(
            {
                "peer": "scikit-learn TF-IDF + logistic regression",
                "analyzer": options.analyzer,
                "trained_on": len(part["train"]),
                "train_cpu_s": round(trained, 2),
                "held_out_roc_auc": round(roc_auc_score(label["held_out"], scores), 4),
                "ads": len(ads),
                "bytes_an_ad": round(sum(len(ad.encode()) for ad in ads) / len(ads)),
                "ads_per_cpu_s": round(len(ads) / scored),
            }
        )
    )


if __name__ == "__main__":
    main()
