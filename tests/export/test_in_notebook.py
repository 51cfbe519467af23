"""A run and an experiment as the last line of a notebook's cell."""

import base64
import io

from PIL import Image

from tinkernet import Experiment, Run


def test_a_notebook_shows_one_picture_of_a_run_light_or_dark_and_as_png() -> None:
    run = Run(dataset="circle", seed="0.5").train(20)
    bundle = run._repr_mimebundle_()
    assert bundle["text/plain"] == repr(run)
    picture = Image.open(io.BytesIO(base64.b64decode(bundle["image/png"])))
    assert picture.size == (688, 272)
    html = bundle["text/html"]
    images = [base64.b64decode(one.partition('"')[0]) for one in html.split("data:image/png;base64,")[1:]]
    light, dark = (Image.open(io.BytesIO(one)).convert("L").histogram() for one in images)
    assert sum(light[200:]) > sum(light[:60])
    assert sum(dark[:60]) > sum(dark[200:])
    assert "Circle after 20 epochs" in html


def test_an_experiment_shows_its_beginning_and_a_large_one_only_its_settings() -> None:
    bundle = Experiment(dataset="xor")._repr_mimebundle_()
    assert "XOR after 0 epochs" in bundle["text/html"]
    bundle = Experiment(hidden=(256,) * 8)._repr_mimebundle_()
    assert "<table>" in bundle["text/html"]
    assert "image/png" not in bundle
