"""Here are trained weights: into which range does each matmul's input go when it becomes 8 bits?

The ranges are constants of the exported model, so a sentence reads the same in any company.
"""
import torch

import batches
import model

SHARES = (1.0, 0.85, 0.7, 0.55, 0.4)
ROWS = 1000


@torch.no_grad()
def calibrate(net, items):
    """Sets `input_range` of every quantised layer to what changes its outputs least."""
    net.eval()
    groups = list(net.inputs())
    for group, seen in zip(groups, inputs_seen(net, items, [group[0] for group in groups])):
        choice = min(candidates(seen), key=lambda bounds: sum(output_error(dense, seen, bounds) for dense in group))
        for dense in group:
            dense.input_range = choice


def inputs_seen(net, items, watched):
    """A sample of the rows that went into each watched layer."""
    for dense in watched:
        dense.watch = []
    for group in batches.batched(items, 2000):
        net(batches.collate([items[i] for i in group]))
    out = [torch.cat([x.reshape(-1, x.shape[-1]) for x in dense.watch]) for dense in watched]
    for dense in watched:
        dense.watch = None
    return [rows[torch.randperm(len(rows), generator=torch.Generator().manual_seed(1))[:ROWS]] for rows in out]


def candidates(seen):
    low, high = min(0.0, float(seen.min())), max(0.0, float(seen.max()))
    return [(low * a, high * b) for a in SHARES for b in SHARES]


def output_error(dense, seen, bounds):
    scale, zero = model.activation_scale(*bounds)
    rounded = torch.fake_quantize_per_tensor_affine(seen, scale, zero, 0, 255)
    return float(((rounded - seen) @ dense.weight.T).pow(2).sum())
