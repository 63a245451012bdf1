#!/usr/bin/env python3
"""Averages the weights of several epochs of one schedule: steadier than the last of them alone.

  average.py --out CKPT CKPT...
"""
import argparse

import torch


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--out', required=True)
    parser.add_argument('checkpoints', nargs='+')
    args = parser.parse_args()
    states = [torch.load(path, weights_only=False) for path in args.checkpoints]
    if any(state['labels'] != states[0]['labels'] for state in states):
        raise SystemExit('the checkpoints have different labels')
    mean = {name: sum(state['average'][name] for state in states) / len(states) for name in states[0]['average']}
    torch.save({'average': mean, 'labels': states[0]['labels']}, args.out)


if __name__ == '__main__':
    main()
