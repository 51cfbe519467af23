// What the canvas of the network shows.

import type { Ink } from "../color/ink";
import type { FieldStrip } from "../field/strip";
import type { Place } from "../model/place";
import type { NetworkLayout, Slide } from "./layout";
import { type Link, type Sight, placeIsNear } from "./links";
import type { ParameterLayout } from "./parameters";

/** A slide that is in sight, and which field of which strip it shows. An input that is off has neuron −1. */
export interface Shown {
  place: Place;
  slide: Slide;
  strip: FieldStrip;
  slot: number;
  /** Inputs that are off are pale. */
  pale: boolean;
  dead: boolean;
  /** Its weights are held, or it is switched off. */
  frozen: boolean;
  off: boolean;
  /** Its slide is the large one beside the stage: here only its bias and its marks are drawn. */
  joined: boolean;
}

export interface Scene {
  layout: NetworkLayout;
  parameters: ParameterLayout;
  values: Float64Array;
  /** Weights in the order of drawing: small ones first. */
  links: readonly Link[];
  shown: readonly Shown[];
  sight: Sight;
  ink: Ink;
  /** What stays bright, and how far all else has gone pale (0 to 1). */
  focus: Place | null;
  dimming: number;
  /** The weight that is edited or pointed at; its value stands beside it. */
  chosen: Link | null;
  /** What is written beside it: what it joins, its value, and that it can be edited; null while a panel shows that. */
  chosenName: string | null;
  /** Neurons that the diagnosis speaks of, while it is pointed at. */
  lit: readonly Place[];
  /** The neuron whose bias is pointed at. */
  bias: Place | null;
  biasName: string;
  /** How far the lines have flowed, in pixels; null while they stand. */
  flow: number | null;
  /** Every neuron's output for one point, inputs first; empty except in slow motion. */
  activations: Float64Array;
  /** Where that point is, in 0…1 of a slide; null when there is none. */
  passing: { x: number; y: number } | null;
}

const DIM_SLIDE = 0.13;

export function brightness(scene: Scene, place: Place): number {
  if (scene.focus === null || (place.neuron >= 0 && placeIsNear(place, scene.focus))) return 1;
  return 1 + (DIM_SLIDE - 1) * scene.dimming;
}

export function corner(size: number): number {
  return size > 56 ? 10 : size > 24 ? 8 : 6;
}
