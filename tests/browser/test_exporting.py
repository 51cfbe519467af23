"""The network is copied or saved for another library, from the menu."""

import subprocess
import sys
from pathlib import Path

import onnx
from browsing import Opener
from playwright.sync_api import expect


def test_a_network_is_exported_from_the_menu(open_page: Opener, tmp_path: Path) -> None:
    tab = open_page("seed=0.5&dataset=circle", permissions=["clipboard-read", "clipboard-write"])
    tab.train_to(20)
    tab.menu("Export network")
    panel = tab.dialog("Export network")
    kind, text = panel.get_by_role("combobox", name="Library or format"), panel.get_by_label("The exported network")
    expect(text).to_contain_text("nn.Sequential(")
    panel.get_by_role("checkbox", name="With the training").check()
    expect(text).to_contain_text("def train(epochs):")
    kind.select_option(label="NumPy")
    expect(text).to_contain_text("as a program of NumPy")
    expect(panel.get_by_role("checkbox", name="With the training")).to_have_count(0)
    panel.get_by_role("button", name="Copy", exact=True).click()
    expect(panel.get_by_text("Copied.")).to_be_visible()
    program = tmp_path / "copied.py"
    program.write_text(tab.page.evaluate("navigator.clipboard.readText()"))
    ran = subprocess.run([sys.executable, program], capture_output=True, text=True, timeout=60, check=True)
    assert "outside" in ran.stdout or "inside" in ran.stdout
    kind.select_option(label="ONNX")
    expect(panel.get_by_text("network.onnx")).to_be_visible()
    with tab.page.expect_download() as saved:
        panel.get_by_role("button", name="Save as a file").click()
    assert saved.value.suggested_filename == "network.onnx"
    onnx.checker.check_model(onnx.load(Path(saved.value.path())))


def test_why_a_network_cannot_be_exported_is_said_in_its_place(open_page: Opener) -> None:
    tab = open_page("seed=0.5&data=iris")
    tab.menu("Export network")
    panel = tab.dialog("Export network")
    panel.get_by_role("combobox", name="Library or format").select_option(label="TensorFlow Playground")
    expect(panel.get_by_text("one that TensorFlow Playground has")).to_be_visible()
    expect(panel.get_by_role("button", name="Copy", exact=True)).to_be_disabled()
    expect(panel.get_by_role("button", name="Save as a file")).to_be_disabled()
