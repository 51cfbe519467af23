import "./tokens.css";
import "./base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { Playground } from "../model/playground.svelte";

const target = document.getElementById("page");
if (target === null) throw new Error("The page has no place to be in.");
mount(App, { target, props: { playground: new Playground(window) } });
