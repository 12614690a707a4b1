"""The network families of the Fashion-MNIST pool, each a function of a few sizes.

They are meant to be unlike each other, as a real pool is: what one gets wrong another should get right.
All take [batch, channels, height, width] and return [batch, 10] logits.
"""

import torch
from torch import nn
from torch.nn import functional as F

CLASSES = 10


def conv_bn(inputs, outputs, kernel=3, stride=1, groups=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


class Head(nn.Sequential):
    """Global average pooling and one linear layer."""

    def __init__(self, channels):
        super().__init__(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, CLASSES))


def linear(side):
    return nn.Sequential(nn.Flatten(), nn.Linear(side * side, CLASSES))


def mlp(side, hidden, dropout=0.0):
    layers, width = [nn.Flatten()], side * side
    for size in hidden:
        layers += [nn.Linear(width, size), nn.ReLU(), nn.Dropout(dropout)]
        width = size
    return nn.Sequential(*layers, nn.Linear(width, CLASSES))


def plain_cnn(side, widths, kernel=3, stem_stride=1, hidden=0, channels=1):
    """One convolution a width, max pooling after each but the last; then a small classifier."""
    layers, inputs = [], channels
    for index, width in enumerate(widths):
        layers.append(conv_bn(inputs, width, kernel, stem_stride if index == 0 else 1))
        if index < len(widths) - 1 or stem_stride == 1:
            layers.append(nn.MaxPool2d(2))
        inputs = width
    body = nn.Sequential(*layers)
    with torch.no_grad():
        flat = body.eval()(torch.zeros(1, channels, side, side)).numel()
    body.train()
    if hidden:
        return nn.Sequential(body, nn.Flatten(), nn.Linear(flat, hidden), nn.ReLU(), nn.Dropout(0.2), nn.Linear(hidden, CLASSES))
    return nn.Sequential(body, nn.Flatten(), nn.Linear(flat, CLASSES))


def vgg(widths):
    """Two convolutions a width, pooling between the widths."""
    layers, inputs = [], 1
    for index, width in enumerate(widths):
        layers += [conv_bn(inputs, width), conv_bn(width, width)]
        if index < len(widths) - 1:
            layers.append(nn.MaxPool2d(2))
        inputs = width
    return nn.Sequential(*layers, Head(inputs))


def depthwise(widths, stem=8):
    """MobileNet's blocks: a depthwise convolution that halves the picture, then a pointwise one."""
    layers, inputs = [conv_bn(1, stem, 3, 1)], stem
    for width in widths:
        layers += [conv_bn(inputs, inputs, 3, 2, groups=inputs), conv_bn(inputs, width, 1)]
        inputs = width
    return nn.Sequential(*layers, Head(inputs))


class SqueezeExcite(nn.Module):
    def __init__(self, channels, squeeze):
        super().__init__()
        self.reduce = nn.Linear(channels, squeeze)
        self.expand = nn.Linear(squeeze, channels)

    def forward(self, x):
        gate = torch.sigmoid(self.expand(F.relu(self.reduce(x.mean((2, 3))))))
        return x * gate.unsqueeze(2).unsqueeze(3)


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride, squeeze=0):
        super().__init__()
        self.body = nn.Sequential(
            conv_bn(inputs, outputs, 3, stride),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False),
            nn.BatchNorm2d(outputs),
        )
        self.gate = SqueezeExcite(outputs, squeeze) if squeeze else nn.Identity()
        self.skip = (
            nn.Identity()
            if stride == 1 and inputs == outputs
            else nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
        )

    def forward(self, x):
        return F.relu(self.gate(self.body(x)) + self.skip(x))


def resnet(widths, stem_stride=1, squeeze=0, channels=1):
    """One residual block a width; each but the first halves the picture."""
    layers, inputs = [conv_bn(channels, widths[0], 3, stem_stride)], widths[0]
    for index, width in enumerate(widths):
        layers.append(Residual(inputs, width, 1 if index == 0 else 2, squeeze))
        inputs = width
    return nn.Sequential(*layers, Head(inputs))


def wide_resnet(widths):
    """Two convolutions at full size; then, for each further width, pooling, a convolution and a residual block.

    Pooling before a convolution widens keeps most products where they are cheapest to train.
    """
    layers, inputs = [conv_bn(1, widths[0]), conv_bn(widths[0], widths[0])], widths[0]
    for width in widths[1:]:
        layers += [nn.MaxPool2d(2), conv_bn(inputs, width), Residual(width, width, 1)]
        inputs = width
    return nn.Sequential(*layers, Head(inputs))


class DenseLayer(nn.Module):
    def __init__(self, inputs, growth):
        super().__init__()
        self.layer = nn.Sequential(nn.BatchNorm2d(inputs), nn.ReLU(), nn.Conv2d(inputs, growth, 3, padding=1, bias=False))

    def forward(self, x):
        return torch.cat([x, self.layer(x)], 1)


def densenet(growth, layers_per_block, blocks=2, stem=16):
    layers, inputs = [conv_bn(1, stem, 3, 2)], stem
    for block in range(blocks):
        for _ in range(layers_per_block):
            layers.append(DenseLayer(inputs, growth))
            inputs += growth
        if block < blocks - 1:
            layers += [conv_bn(inputs, inputs // 2, 1), nn.AvgPool2d(2)]
            inputs //= 2
    return nn.Sequential(*layers, nn.BatchNorm2d(inputs), nn.ReLU(), Head(inputs))


class Attention(nn.Module):
    """Multi-head self-attention, written out so that its products can be counted and exported."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x):
        batch, tokens, width = x.shape
        q, k, v = self.qkv(x).reshape(batch, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        scores = (q @ k.transpose(-2, -1)) * (width // self.heads) ** -0.5
        mixed = scores.softmax(-1) @ v
        return self.out(mixed.transpose(1, 2).reshape(batch, tokens, width))

    def products(self, tokens, width):
        """Multiply-adds of the two matrix products, which no layer hook sees."""
        return 2 * tokens * tokens * width


class TransformerBlock(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.mlp = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class PatchNet(nn.Module):
    """Patches to tokens, blocks over tokens, mean of the tokens to logits: a ViT or an MLP-mixer."""

    def __init__(self, side, patch, width, blocks):
        super().__init__()
        self.embed = nn.Conv2d(1, width, patch, patch)
        self.position = nn.Parameter(torch.randn(1, (side // patch) ** 2, width) * 0.02)
        self.blocks = nn.Sequential(*blocks)
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, CLASSES)

    def forward(self, x):
        tokens = self.embed(x).flatten(2).transpose(1, 2) + self.position
        return self.head(self.norm(self.blocks(tokens)).mean(1))


def vit(side, patch, width, depth, heads=4):
    return PatchNet(side, patch, width, [TransformerBlock(width, heads) for _ in range(depth)])


class MixerBlock(nn.Module):
    def __init__(self, tokens, width):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.across = nn.Sequential(nn.Linear(tokens, tokens), nn.GELU(), nn.Linear(tokens, tokens))
        self.within = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))

    def forward(self, x):
        x = x + self.across(self.norm1(x).transpose(1, 2)).transpose(1, 2)
        return x + self.within(self.norm2(x))


def mixer(side, patch, width, depth):
    tokens = (side // patch) ** 2
    return PatchNet(side, patch, width, [MixerBlock(tokens, width) for _ in range(depth)])


class ManyViews(nn.Module):
    """Test-time augmentation inside the graph: the mean of the log-probabilities over some views.

    The views are the picture, its mirror image, and both moved by a pixel; each costs a whole pass.
    """

    SHIFTS = ((0, 0), (1, 0), (0, 1))

    def __init__(self, network, views):
        super().__init__()
        self.network = network
        self.views = views

    def forward(self, x):
        total = torch.zeros(1)
        for view in range(self.views):
            down, right = self.SHIFTS[view // 2]
            seen = torch.flip(x, [3]) if view % 2 else x
            if down or right:
                seen = F.pad(seen, (right, 0, down, 0), mode="replicate")[:, :, : x.shape[2], : x.shape[3]]
            total = total + F.log_softmax(self.network(seen), 1)
        return total / self.views
