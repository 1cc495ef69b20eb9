import type { z } from 'zod';

/**
 * Ties the shape of an answer to the view that is sent. A view that does not fit its shape does not compile, nor does a shape that leaves
 * out a member of its view. A shape that is open on purpose (`looseObject`) may leave members out.
 */
export function shapeOf<View>() {
  return <Shape extends z.ZodType>(shape: Shape & Fits<View, z.input<Shape>>): Shape => shape;
}

type Fits<View, Described> =
  View extends Expected<Described>
    ? [Undescribed<View, Described>] extends [never]
      ? unknown
      : { readonly viewHasMembersThatTheShapeLacks: Undescribed<View, Described> }
    : { readonly viewIsNoInputOfTheShape: View };

/** The shape as a type that a view has to extend: readonly at any depth, and without the open end of a `looseObject`. */
type Expected<T> = T extends readonly (infer Item)[]
  ? readonly Expected<Item>[]
  : T extends object
    ? { readonly [Member in keyof T as IsOpenEnd<T, Member> extends true ? never : Member]: Expected<T[Member]> }
    : T;

type IsOpenEnd<T, Member extends keyof T> = string extends Member ? (unknown extends T[Member] ? true : false) : false;

/** The members of a view, at any depth, that its shape does not name. An `unknown` of the shape names all of them. */
type Undescribed<View, Described> = unknown extends Described
  ? never
  : View extends readonly (infer Item)[]
    ? Described extends readonly (infer Shape)[]
      ? Undescribed<Item, Shape>
      : never
    : View extends object
      ? Described extends object
        ? Exclude<keyof View, keyof Described | number> | UndescribedInside<View, Described>
        : never
      : never;

type UndescribedInside<View, Described> = {
  [Member in keyof View & keyof Described]-?: Undescribed<View[Member], Described[Member]>;
}[keyof View & keyof Described];
