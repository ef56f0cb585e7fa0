// Made by `npm run types` from the service's OpenAPI schema. Do not edit.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * ActivationAnswer
         * @description An elementwise function f: its `values` at evenly spaced places from `least` to `most`, and once its forward pass
         *     is done, the units where f′ is 0 in every sample (`dead`), and those where it is almost 0 (`saturated`).
         */
        ActivationAnswer: {
            /** Least */
            least: number;
            /** Most */
            most: number;
            /** Values */
            values: number[];
            /** Dead */
            dead: number[] | null;
            /** Saturated */
            saturated: number[] | null;
        };
        /**
         * AdagradSchema
         * @description Divides each step by the root of the sum of all squared gradients: w_new = w − ηg / (√s_new + ε).
         */
        AdagradSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "adagrad";
            /**
             * Lr
             * @default 0.01
             */
            lr: number;
            /** State */
            state?: {
                [key: string]: components["schemas"]["SumState"];
            };
            /** Schedule */
            schedule?: (components["schemas"]["StepScheduleSchema"] | components["schemas"]["CosineScheduleSchema"] | components["schemas"]["WarmUpScheduleSchema"]) | null;
            /**
             * Decay Biases
             * @default true
             */
            decay_biases: boolean;
            /** Clip */
            clip?: (components["schemas"]["NormClip"] | components["schemas"]["ValueClip"]) | null;
            /**
             * Lr Decay
             * @default 0
             */
            lr_decay: number;
            /**
             * Initial Sum
             * @default 0
             */
            initial_sum: number;
            /**
             * Epsilon
             * @default 1e-10
             */
            epsilon: number;
            /**
             * Weight Decay
             * @default 0
             */
            weight_decay: number;
        };
        /**
         * AdamSchema
         * @description Running means of the gradient and of its square, corrected for their start at 0: the first over the root of the
         *     second.
         */
        AdamSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "adam";
            /**
             * Lr
             * @default 0.001
             */
            lr: number;
            /** State */
            state?: {
                [key: string]: components["schemas"]["AdamState"];
            };
            /** Schedule */
            schedule?: (components["schemas"]["StepScheduleSchema"] | components["schemas"]["CosineScheduleSchema"] | components["schemas"]["WarmUpScheduleSchema"]) | null;
            /**
             * Decay Biases
             * @default true
             */
            decay_biases: boolean;
            /** Clip */
            clip?: (components["schemas"]["NormClip"] | components["schemas"]["ValueClip"]) | null;
            /**
             * Betas
             * @default [
             *       0.9,
             *       0.999
             *     ]
             */
            betas: number[];
            /**
             * Epsilon
             * @default 1e-8
             */
            epsilon: number;
            /**
             * Weight Decay
             * @default 0
             */
            weight_decay: number;
            /**
             * Bias Correction
             * @default true
             */
            bias_correction: boolean;
        };
        /**
         * AdamState
         * @description The state of Adam and AdamW.
         */
        AdamState: {
            /** Mean */
            mean: number[] | number[][] | number[][][] | number[][][][];
            /** Square */
            square: number[] | number[][] | number[][][] | number[][][][];
            /**
             * Count
             * @description How many updates there were.
             */
            count: number[];
        };
        /**
         * AdamWSchema
         * @description Adam with decoupled weight decay.
         */
        AdamWSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "adamw";
            /**
             * Lr
             * @default 0.001
             */
            lr: number;
            /** State */
            state?: {
                [key: string]: components["schemas"]["AdamState"];
            };
            /** Schedule */
            schedule?: (components["schemas"]["StepScheduleSchema"] | components["schemas"]["CosineScheduleSchema"] | components["schemas"]["WarmUpScheduleSchema"]) | null;
            /**
             * Decay Biases
             * @default true
             */
            decay_biases: boolean;
            /** Clip */
            clip?: (components["schemas"]["NormClip"] | components["schemas"]["ValueClip"]) | null;
            /**
             * Betas
             * @default [
             *       0.9,
             *       0.999
             *     ]
             */
            betas: number[];
            /**
             * Epsilon
             * @default 1e-8
             */
            epsilon: number;
            /**
             * Weight Decay
             * @default 0.01
             */
            weight_decay: number;
            /**
             * Bias Correction
             * @default true
             */
            bias_correction: boolean;
        };
        /**
         * AdvanceAnswer
         * @description The result of n training steps: the document, the loss before each update and after the last, the hash of the
         *     document at the start of each and after the last, and the requested intermediate documents.
         */
        AdvanceAnswer: {
            document: components["schemas"]["NetworkDocument"];
            /** Losses */
            losses: (number | null)[];
            /** Hashes */
            hashes: string[];
            /** Starts */
            starts: components["schemas"]["StartAnswer"][];
            stopped: components["schemas"]["StoppedAnswer"] | null;
            /** Nonfinite */
            nonfinite: components["schemas"]["NonfiniteAnswer"][];
        };
        /**
         * AdvanceRequest
         * @description How many training steps to take from a document; with `every`, which intermediate documents to send.
         */
        AdvanceRequest: {
            /** Document */
            document: components["schemas"]["NetworkDocument"] | components["schemas"]["DocumentHash"];
            /** Steps */
            steps: number;
            /** Every */
            every?: number | null;
        };
        /**
         * AvgPool2DSchema
         * @description The mean of each window. Windows may overlap, but must cover the image exactly.
         */
        AvgPool2DSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "AvgPool2D";
            /** Name */
            name?: string | null;
            /** Size */
            size: number | number[];
            /** Stride */
            stride: number;
        };
        /**
         * AxesAnswer
         * @description Which axis of a parameter counts the layer's units or filters, and which its inputs or their channels.
         */
        AxesAnswer: {
            /** Units */
            units?: number | null;
            /** Inputs */
            inputs?: number | null;
        };
        /**
         * BatchNormSchema
         * @description Normalizes each feature to mean 0 and variance 1 over the batch, then multiplies it by γ and adds β, both
         *     learned.
         */
        BatchNormSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "BatchNorm";
            /** Name */
            name?: string | null;
            /**
             * Frozen
             * @default []
             */
            frozen: ("gamma" | "beta")[];
            /**
             * Lr Factor
             * @default 1
             */
            lr_factor: number;
            /**
             * Momentum
             * @default 0.1
             */
            momentum: number;
            /**
             * Epsilon
             * @default 0.00001
             */
            epsilon: number;
            /** Gamma */
            gamma?: number[];
            /** Beta */
            beta?: number[];
            /** Running Mean */
            running_mean?: number[] | null;
            /** Running Variance */
            running_variance?: number[] | null;
        };
        /**
         * BatchesAnswer
         * @description How the rows of the data are divided: of the `samples` the `training` ones are trained on, in `steps`
         *     mini-batches an epoch, and those `held_out` never.
         */
        BatchesAnswer: {
            /** Samples */
            samples: number;
            /** Training */
            training: number;
            /** Held Out */
            held_out: number;
            /** Steps */
            steps: number;
        };
        /**
         * BinaryCrossEntropySchema
         * @description The cross entropy of the probabilities σ(ŷ) with the targets, averaged over samples; targets are probabilities
         *     too. `pos_weight` has a weight c for each output, by which its part of the answer yes, y log p, is multiplied.
         */
        BinaryCrossEntropySchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "binary_cross_entropy";
            /** Pos Weight */
            pos_weight?: number[] | null;
        };
        /**
         * BranchAnswer
         * @description The network with the result, where the one that was trained has been changed meanwhile. `id` is the key that
         *     edits it, and is absent if the request used the key that only reads the network that was trained.
         */
        BranchAnswer: {
            /** Id */
            id?: string | null;
            /** View */
            view: string;
        };
        /**
         * CallAnswer
         * @description A function of expressions.
         */
        CallAnswer: {
            /** Role */
            role?: ("upstream" | "local") | null;
            /** Derivative */
            derivative?: string | null;
            /** Running */
            running?: (number | null)[] | null;
            /**
             * Op
             * @constant
             */
            op: "call";
            /**
             * Function
             * @enum {string}
             */
            function: "exp" | "expm1" | "log" | "log1p" | "tanh" | "sigmoid" | "sqrt" | "abs" | "max" | "min" | "erf" | "erfc" | "sign" | "cos" | "floor";
            /** Args */
            args: (components["schemas"]["LeafAnswer"] | components["schemas"]["NumberAnswer"] | components["schemas"]["OperationAnswer"] | components["schemas"]["CallAnswer"] | components["schemas"]["ChoiceAnswer"])[];
            /** Value */
            value: number | null;
        };
        /**
         * CaseAnswer
         * @description One branch of a choice. A condition in words has a key in `condition`, by which a client can translate it.
         */
        CaseAnswer: {
            /** When */
            when: string;
            /** Condition */
            condition?: string | null;
            /** Value */
            value: components["schemas"]["LeafAnswer"] | components["schemas"]["NumberAnswer"] | components["schemas"]["OperationAnswer"] | components["schemas"]["CallAnswer"] | components["schemas"]["ChoiceAnswer"];
        };
        /**
         * CatalogAnswer
         * @description Everything that can be chosen, and the limits. `data` are the settings of data, of sets and of rows.
         */
        CatalogAnswer: {
            /** Layers */
            layers: components["schemas"]["LayerKindAnswer"][];
            /** Losses */
            losses: components["schemas"]["LossKindAnswer"][];
            /** Optimizers */
            optimizers: components["schemas"]["KindAnswer"][];
            /** Penalty */
            penalty: components["schemas"]["FieldAnswer"][];
            /** Initialisers */
            initialisers: components["schemas"]["InitialiserAnswer"][];
            /** Sets */
            sets: components["schemas"]["SetAnswer"][];
            /** Data */
            data: components["schemas"]["FieldAnswer"][];
            /** Limits */
            limits: components["schemas"]["LimitAnswer"][];
        };
        /**
         * ChainHoldsAnswer
         * @description Every line of every receipt is correct, `lines` in all, and each receipt follows from the one before.
         */
        ChainHoldsAnswer: {
            /**
             * Ok
             * @constant
             */
            ok: true;
            /** Lines */
            lines: number;
            /** Receipts */
            receipts: number;
        };
        /**
         * ChainWrongAnswer
         * @description The first wrong receipt, counted from 1, and its first wrong line; `line` is null if the receipt does not follow
         *     from the one before it.
         */
        ChainWrongAnswer: {
            /**
             * Ok
             * @constant
             */
            ok: false;
            /** Receipt */
            receipt: number;
            /** Line */
            line: number | null;
            /** Ref */
            ref: string | null;
            /** Expected */
            expected: number | null;
            /** Found */
            found: number | null;
            /** Message */
            message: string;
        };
        /**
         * ChangeAnswer
         * @description One change that adapts the document to an edit: the `key` of the change, `where` it is, and its `values`, such as
         *     the `layer`, or how many weights were `kept` and `drawn`.
         */
        ChangeAnswer: {
            /**
             * Key
             * @enum {string}
             */
            key: "inputs" | "samples" | "flatten_added" | "flatten_moved" | "setting" | "width" | "layer_added" | "position" | "weights" | "memory" | "targets_added" | "targets_removed" | "targets_shaped" | "targets_one_hot" | "targets_pairs" | "targets_sides" | "targets_made" | "gradient" | "gradient_made" | "loss_weights" | "loss" | "loss_alone" | "momentum" | "nesterov";
            /** Where */
            where: string;
            /** Values */
            values: {
                [key: string]: unknown;
            };
        };
        /**
         * ChangeState
         * @description The state of momentum as a share of the previous change.
         */
        ChangeState: {
            /** Change */
            change: number[] | number[][] | number[][][] | number[][][][];
        };
        /**
         * ChoiceAnswer
         * @description A definition by cases; the case at `taken` holds.
         */
        ChoiceAnswer: {
            /** Role */
            role?: ("upstream" | "local") | null;
            /** Derivative */
            derivative?: string | null;
            /**
             * Op
             * @constant
             */
            op: "choice";
            /** Cases */
            cases: components["schemas"]["CaseAnswer"][];
            /** Taken */
            taken: number;
            /** Value */
            value: number | null;
        };
        /**
         * ClassAnswer
         * @description Whether the service has quotas at all, and until when the session has none: the time when its class code ends, in
         *     UTC; null if it has not entered one.
         */
        ClassAnswer: {
            /** Quotas */
            quotas: boolean;
            /** Until */
            until: string | null;
        };
        /**
         * ClassRequest
         * @description A class code, as someone typed it: blanks, hyphens and capitals do not matter.
         */
        ClassRequest: {
            /** Code */
            code: string;
        };
        /**
         * ClippedAnswer
         * @description What the optimizer's `clip` makes of the gradients: `norm` of all together, the `factor` by which each is
         *     multiplied, and how many of them change. The gradients in `tensors` are those of the loss.
         */
        ClippedAnswer: {
            /** Norm */
            norm: number | null;
            /** Factor */
            factor: number | null;
            /** Count */
            count: number;
        };
        /**
         * Column
         * @description A column of the table. The inputs of a row are its `input` columns in this order; its targets the `target`
         *     columns, or its class the `class` column, whose `classes` are named in the order in which `y` counts them. An
         *     `unused` one has no numbers.
         */
        Column: {
            /** Name */
            name: string;
            /**
             * Role
             * @enum {string}
             */
            role: "input" | "target" | "class" | "unused";
            /** Classes */
            classes?: string[] | null;
        };
        /**
         * Conv1DSchema
         * @description Applies each filter to every window of the sequence and sums the products, y = Σ xw + b, without flipping it.
         */
        Conv1DSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "Conv1D";
            /** Name */
            name?: string | null;
            /**
             * Frozen
             * @default []
             */
            frozen: ("w" | "b")[];
            /**
             * Lr Factor
             * @default 1
             */
            lr_factor: number;
            /**
             * Bias
             * @default true
             */
            bias: boolean;
            /** N Filter */
            n_filter: number;
            /** W Filter */
            w_filter: number;
            /**
             * Stride
             * @default 1
             */
            stride: number;
            /**
             * Padding
             * @default 0
             */
            padding: number;
            /**
             * Initialiser
             * @default library_uniform
             * @enum {string}
             */
            initialiser: "library_uniform" | "xavier_uniform" | "xavier_normal" | "he_uniform" | "he_normal";
            /** W */
            w?: number[][][];
            /** B */
            b?: number[];
        };
        /**
         * Conv2DSchema
         * @description Applies each filter to every window of the image and sums the products, y = Σ xw + b, without flipping it.
         */
        Conv2DSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "Conv2D";
            /** Name */
            name?: string | null;
            /**
             * Frozen
             * @default []
             */
            frozen: ("w" | "b")[];
            /**
             * Lr Factor
             * @default 1
             */
            lr_factor: number;
            /**
             * Bias
             * @default true
             */
            bias: boolean;
            /** N Filter */
            n_filter: number;
            /** H Filter */
            h_filter: number;
            /** W Filter */
            w_filter: number;
            /**
             * Stride
             * @default 1
             */
            stride: number;
            /**
             * Padding
             * @default 0
             */
            padding: number;
            /**
             * Initialiser
             * @default library_uniform
             * @enum {string}
             */
            initialiser: "library_uniform" | "xavier_uniform" | "xavier_normal" | "he_uniform" | "he_normal";
            /** W */
            w?: number[][][][];
            /** B */
            b?: number[];
        };
        /**
         * Convention
         * @description How symbols are written: the layout of products, the first index, and the sign of a derivative.
         *
         *     `rows` is Ŷ = Xw + b, `columns` is y = Wx + b with w_to,from, `pytorch` is xWᵀ + b, and `delta` has an error δ for
         *     each layer.
         */
        Convention: {
            /**
             * Layout
             * @default rows
             * @enum {string}
             */
            layout: "rows" | "columns" | "pytorch" | "delta";
            /**
             * First Index
             * @default 1
             * @enum {integer}
             */
            first_index: 0 | 1;
            /**
             * Derivative
             * @default partial
             * @enum {string}
             */
            derivative: "partial" | "d";
        };
        /**
         * CosineRule
         * @description The rate falls to `least` within `over`, along half a wave of the cosine, and stays there.
         */
        CosineRule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cosine";
            /** Over */
            over: number;
            /**
             * Least
             * @default 0
             */
            least: number;
        };
        /**
         * CosineScheduleSchema
         * @description The rate falls to `least` within `over` epochs, or training steps, along half a wave of the cosine; then it stays
         *     there.
         */
        CosineScheduleSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "cosine";
            /** Over */
            over: number;
            /**
             * Least
             * @default 0
             */
            least: number;
            /**
             * Unit
             * @default epoch
             * @enum {string}
             */
            unit: "epoch" | "step";
        };
        /**
         * CurvePointAnswer
         * @description The two losses at one ε, the derivative computed from them, and its error relative to the backward pass.
         */
        CurvePointAnswer: {
            /** Epsilon */
            epsilon: number;
            /** Left */
            left: number | null;
            /** Right */
            right: number | null;
            /** Numeric */
            numeric: number | null;
            /** Relative Error */
            relative_error: number | null;
        };
        /**
         * Data
         * @description The data, from which each training step takes a mini-batch: exactly one of `set` and `rows`. A set is drawn by
         *     the engine from `seed`: `samples` points, blurred by `noise`.
         *
         *     A mini-batch has `batch` rows, the last one of an epoch those that remain; left out, it is 32 of a set, or all rows
         *     if there are fewer, and all of `rows`. With the order `shuffled`, the usual one of sets, `seed` draws which rows are
         *     held out, a share of `held_out`, and the order of each epoch; `given`, the usual one of `rows`, keeps the order and
         *     holds the last rows out. What is held out is never trained on.
         *
         *     With `scale` the network's inputs are the columns scaled by all rows that are trained on: `standard` to a mean of 0
         *     and a standard deviation of 1, `minmax` to 0 … 1. Targets are not scaled.
         */
        Data: {
            /** Set */
            set?: ("circle" | "xor" | "gauss" | "spiral" | "moons" | "plane" | "gauss_peaks" | "sine" | "parabola" | "digits") | null;
            /** Samples */
            samples?: number | null;
            /** Noise */
            noise?: number | null;
            rows?: components["schemas"]["Rows"] | null;
            /** Columns */
            columns?: components["schemas"]["Column"][] | null;
            /** Seed */
            seed?: number | null;
            /**
             * Batch
             * @example 32
             * @example all
             */
            batch?: (number | "all") | null;
            /** Order */
            order?: ("shuffled" | "given") | null;
            /** Held Out */
            held_out?: number | null;
            /**
             * Scale
             * @default none
             * @enum {string}
             */
            scale: "none" | "standard" | "minmax";
        };
        /**
         * DecidedCounts
         * @description How many rows each witness decided: the complex step, a quotient at the requested ε or at another one, the limits
         *     of either side, or a quotient along the branch of a kink.
         */
        DecidedCounts: {
            /** Complex Step */
            complex_step: number;
            /** This Epsilon */
            this_epsilon: number;
            /** Other Epsilon */
            other_epsilon: number;
            /** One Sided */
            one_sided: number;
            /** Branch */
            branch: number;
        };
        /**
         * Deconv2DSchema
         * @description The transpose of a convolution: each number of the image adds a filter, multiplied by it, to a larger image.
         */
        Deconv2DSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "Deconv2D";
            /** Name */
            name?: string | null;
            /**
             * Frozen
             * @default []
             */
            frozen: ("w" | "b")[];
            /**
             * Lr Factor
             * @default 1
             */
            lr_factor: number;
            /**
             * Bias
             * @default true
             */
            bias: boolean;
            /** N Filters */
            n_filters: number;
            /** H Filter */
            h_filter: number;
            /** W Filter */
            w_filter: number;
            /** Stride */
            stride: number;
            /**
             * Dilation
             * @default 1
             */
            dilation: number;
            /**
             * Padding
             * @default 0
             */
            padding: number;
            /**
             * Initialiser
             * @default library_uniform
             * @enum {string}
             */
            initialiser: "library_uniform" | "xavier_uniform" | "xavier_normal" | "he_uniform" | "he_normal";
            /** W */
            w?: number[][][][];
            /** B */
            b?: number[];
        };
        /**
         * DocumentHash
         * @description The hash of a document that the service has processed, as returned in a trace; it replaces the document. If it is
         *     not, or no longer, known, the answer is a 409 with the key `unknown_document`; send the document then.
         */
        DocumentHash: {
            /** Hash */
            hash: string;
        };
        /**
         * DropoutSchema
         * @description Sets each number to 0 with a given probability and scales the others up to compensate; does nothing in evaluation
         *     mode.
         */
        DropoutSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "Dropout";
            /** Name */
            name?: string | null;
            /** Probability */
            probability: number;
            /** Seed */
            seed?: number | null;
            /**
             * Passes
             * @default 0
             */
            passes: number;
        };
        /**
         * ELUSchema
         * @description Exponential linear unit: h = z where z > 0, else α(e^z − 1).
         */
        ELUSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "ELU";
            /** Name */
            name?: string | null;
            /**
             * Alpha
             * @default 1
             */
            alpha: number;
        };
        /**
         * EdgeAnswer
         * @description An edge of the picture: a weight or bias, and the product that it carries for the sample.
         */
        EdgeAnswer: {
            /** Id */
            id: string;
            /** Source */
            source: string;
            /** Target */
            target: string;
            /** Ref */
            ref: string | null;
            /** Label */
            label: string | null;
            /** Weight */
            weight: number | null;
            /** Gradient */
            gradient: number | null;
            /** Next */
            next: number | null;
            /** Product */
            product: number | null;
        };
        /**
         * EncodedTensor
         * @description A tensor as the bytes of its float64 in base64, the least significant byte first, row by row.
         */
        EncodedTensor: {
            /** Shape */
            shape: number[];
            /** Float64 */
            float64: string;
        };
        /**
         * EquationAnswer
         * @description `left` = `right`; both are null where a layer has matrices that are too large. `title` says what the equation is,
         *     `gives` which kind of number it computes, `law` which of the two laws it is, if any; `layer` is null for the loss,
         *     `parameter` the one of its gradient or update. `sizes` has the number of values of each label.
         */
        EquationAnswer: {
            /** Id */
            id: string;
            title: components["schemas"]["MessageAnswer"];
            /**
             * Phase
             * @enum {string}
             */
            phase: "forward" | "loss" | "backward" | "update";
            /**
             * Gives
             * @enum {string}
             */
            gives: "forward" | "weights" | "inputs" | "update";
            law: components["schemas"]["MessageAnswer"] | null;
            /** Layer */
            layer: string | null;
            /** Parameter */
            parameter: string | null;
            /** Sizes */
            sizes: {
                [key: string]: number;
            };
            left: components["schemas"]["OperandAnswer"] | null;
            /** Right */
            right: components["schemas"]["OperandAnswer"] | components["schemas"]["MatrixScalarAnswer"] | components["schemas"]["MatrixOperationAnswer"] | null;
        };
        /**
         * EquationsAnswer
         * @description Every equation, in the order of the training step.
         */
        EquationsAnswer: {
            /** Equations */
            equations: components["schemas"]["EquationAnswer"][];
        };
        /**
         * EquationsRequest
         * @description The document whose training step is written as equations.
         */
        EquationsRequest: {
            /** Document */
            document: components["schemas"]["NetworkDocument"] | components["schemas"]["DocumentHash"];
        };
        /**
         * ErrorCurveAnswer
         * @description One derivative by central differences with many ε, the largest first. If there is no complex step,
         *     `no_complex_step` gives the reason. `parabola` says that the loss is a parabola in this number, so that there is no
         *     truncation error.
         */
        ErrorCurveAnswer: {
            /** Ref */
            ref: string;
            /** Analytic */
            analytic: number | null;
            /** Complex Step */
            complex_step: number | null;
            no_complex_step: components["schemas"]["NoComplexStepAnswer"] | null;
            /** Parabola */
            parabola: boolean;
            /** Points */
            points: components["schemas"]["CurvePointAnswer"][];
            /** Nonfinite */
            nonfinite: components["schemas"]["NonfiniteAnswer"][];
        };
        /**
         * ErrorCurveRequest
         * @description Which derivative to check with every ε from 1e-1 to 1e-12, with `per_decade` values for each power of ten; with
         *     `objective` that of the objective.
         */
        ErrorCurveRequest: {
            /** Document */
            document: components["schemas"]["NetworkDocument"] | components["schemas"]["DocumentHash"];
            /**
             * Ref
             * @example fc_1.w[0,0]
             */
            ref: string;
            /**
             * Per Decade
             * @default 4
             */
            per_decade: number;
            /**
             * Objective
             * @default false
             */
            objective: boolean;
        };
        /**
         * ExampleAnswer
         * @description An example network. `name` is that of its document; `title` is that name in the requested language. `description`
         *     says what it is and where its numbers come from.
         */
        ExampleAnswer: {
            /** Slug */
            slug: string;
            /** Name */
            name: string;
            /** Title */
            title: string;
            /** Description */
            description: string;
            document: components["schemas"]["NetworkDocument"];
        };
        /**
         * ExplainRequest
         * @description Which number of a document's training step to explain, in which notation, and how many terms of a long sum to
         *     write out. `language` is the language of the law, if it contains words.
         */
        ExplainRequest: {
            /**
             * Ref
             * @example fc_1.w.grad[0,0]
             */
            ref: string;
            /**
             * Notation
             * @default scalar
             * @enum {string}
             */
            notation: "scalar" | "chain" | "matrix" | "paths" | "stable";
            /**
             * Terms
             * @default 12
             */
            terms: number;
            /** Document */
            document: components["schemas"]["NetworkDocument"] | components["schemas"]["DocumentHash"];
            /**
             * Language
             * @default en
             * @enum {string}
             */
            language: "en" | "zh";
        };
        /**
         * ExplainedAnswer
         * @description The result of one of several wishes: the explanation, or the problem that prevented it.
         */
        ExplainedAnswer: {
            explanation: components["schemas"]["ExplanationAnswer"] | null;
            problem: components["schemas"]["ProblemAnswer"] | null;
        };
        /**
         * ExplanationAnswer
         * @description A number with its formula: evaluating `expression` gives `value`.
         *
         *     `notation` is scalar if the number has no form in the requested one; `notations` are those available for it. `law`
         *     is its rule, in English; `law_text` is the same as prose and formulas. `warnings` are those about numbers of its
         *     layer, or about the loss or the targets if the number is one of these. `rate` explains the learning rate of an
         *     update; it is left out unless that follows from a schedule.
         */
        ExplanationAnswer: {
            /** Ref */
            ref: string;
            /** Symbol */
            symbol: string;
            /** Value */
            value: number | null;
            /**
             * Notation
             * @enum {string}
             */
            notation: "scalar" | "chain" | "matrix" | "paths" | "stable";
            /** Notations */
            notations: ("scalar" | "chain" | "matrix" | "paths" | "stable")[];
            /** Law */
            law: string;
            law_text: components["schemas"]["LawAnswer"];
            /** Expression */
            expression: components["schemas"]["LeafAnswer"] | components["schemas"]["NumberAnswer"] | components["schemas"]["OperationAnswer"] | components["schemas"]["CallAnswer"] | components["schemas"]["ChoiceAnswer"];
            /** Latex */
            latex: string;
            /** Text */
            text: string;
            matrix: components["schemas"]["MatrixAnswer"] | null;
            paths: components["schemas"]["PathsAnswer"] | null;
            /** Warnings */
            warnings: components["schemas"]["WarningAnswer"][];
            /** Nonfinite */
            nonfinite: components["schemas"]["NonfiniteAnswer"][];
            rate?: components["schemas"]["ExplanationAnswer"] | null;
        };
        /**
         * ExplanationsAnswer
         * @description The explanations in the order of the wishes.
         */
        ExplanationsAnswer: {
            /** Answers */
            answers: components["schemas"]["ExplainedAnswer"][];
        };
        /**
         * ExplanationsRequest
         * @description Several numbers of one document's training step to explain, each with a separate notation; their laws in one
         *     `language`.
         */
        ExplanationsRequest: {
            /** Document */
            document: components["schemas"]["NetworkDocument"] | components["schemas"]["DocumentHash"];
            /**
             * Language
             * @default en
             * @enum {string}
             */
            language: "en" | "zh";
            /** Wishes */
            wishes: components["schemas"]["Wish"][];
        };
        /**
         * ExportRequest
         * @description A document, and what of it is exported. `step` training steps are taken first, as by `/api/advance`; `cursor` is
         *     how many terms of the passes are shown, all of them if it is null. `seed` replaces that of the document. `table`
         *     names the tensor of a table.
         */
        ExportRequest: {
            /** Document */
            document: components["schemas"]["NetworkDocument"] | components["schemas"]["DocumentHash"];
            /**
             * Step
             * @default 0
             */
            step: number;
            /** Cursor */
            cursor?: number | null;
            /**
             * @default {
             *       "layout": "rows",
             *       "first_index": 1,
             *       "derivative": "partial"
             *     }
             */
            convention: components["schemas"]["Convention"];
            /**
             * Language
             * @default en
             * @enum {string}
             */
            language: "en" | "zh";
            /** Seed */
            seed?: number | null;
            /** Table */
            table?: string | null;
            /**
             * @default {
             *       "theme": "colour",
             *       "numbers": "values",
             *       "sample": 0
             *     }
             */
            figure: components["schemas"]["FigureWish"];
        };
        /**
         * FactorAnswer
         * @description A derivative on a path, with its `ref` if it is a number of the training step.
         */
        FactorAnswer: {
            /** Symbol */
            symbol: string;
            /** Value */
            value: number | null;
            /** Ref */
            ref: string | null;
        };
        /**
         * FaultAnswer
         * @description One thing that does not fit.
         */
        FaultAnswer: {
            /** Where */
            where: string;
            /** Detail */
            detail: string;
        };
        /**
         * FieldAnswer
         * @description A field that a layer, a loss, an optimizer or data take, with its JSON schema.
         */
        FieldAnswer: {
            /** Name */
            name: string;
            /** Required */
            required: boolean;
            /** Schema */
            schema: {
                [key: string]: unknown;
            };
        };
        /**
         * FigureAnswer
         * @description A number in a message; with a `ref` it is a number of the training step.
         */
        FigureAnswer: {
            /** Value */
            value: number | null;
            /** Ref */
            ref?: string | null;
        };
        /**
         * FigureWish
         * @description What a figure shows. `numbers` chooses those beside the lines and in the circles: none of them, as in a book's
         *     definition, values or gradients; `sample` is the sample of the batch, and `theme` gives roles by colours, or by
         *     shades and patterns that a printer without colours shows.
         */
        FigureWish: {
            /**
             * Theme
             * @default colour
             * @enum {string}
             */
            theme: "colour" | "grey";
            /**
             * Numbers
             * @default values
             * @enum {string}
             */
            numbers: "none" | "values" | "gradients";
            /**
             * Sample
             * @default 0
             */
            sample: number;
        };
        /**
         * FirstReceipt
         * @description A training step with a line for each number that it computes, in order; the document has all its parameters. It
         *     does not name the step before; this format is no longer written, but still checked.
         */
        FirstReceipt: {
            /**
             * Format
             * @constant
             */
            format: "tinyml-receipt/1";
            document: components["schemas"]["NetworkDocument"];
            /** Lines */
            lines: components["schemas"]["ReceiptLine"][];
        };
        /**
         * FlattenSchema
         * @description Reshapes each sample to one row, in which the last axis varies fastest.
         */
        FlattenSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "Flatten";
            /** Name */
            name?: string | null;
        };
        /**
         * FoldedAnswer
         * @description The last terms of a long sum: their number and their sum.
         */
        FoldedAnswer: {
            /** Count */
            count: number;
            /** Value */
            value: number | null;
        };
        /**
         * FormatAnswer
         * @description A format: the path that follows `/api/export/`, the end of the names of its files, and which of `cursor`,
         *     `layout`, `first_index`, `derivative`, `table` and `figure` it takes. `limit` names the limit of what it exports.
         */
        FormatAnswer: {
            /**
             * What
             * @enum {string}
             */
            what: "figure" | "example" | "workbook" | "code" | "model" | "table" | "page";
            /** Format */
            format: string;
            /** Extension */
            extension: string;
            /** Media Type */
            media_type: string;
            /** Takes */
            takes: ("cursor" | "layout" | "first_index" | "derivative" | "table" | "figure")[];
            /** Limit */
            limit: string;
        };
        /**
         * FormatsAnswer
         * @description All formats in which a training step is exported.
         */
        FormatsAnswer: {
            /** Formats */
            formats: components["schemas"]["FormatAnswer"][];
        };
        /**
         * FormulaAnswer
         * @description A formula in one line: signs between symbols and figures.
         */
        FormulaAnswer: {
            /** Formula */
            formula: (string | components["schemas"]["SymbolAnswer"] | components["schemas"]["FigureAnswer"])[];
        };
        /**
         * GELUSchema
         * @description Gaussian error linear unit: h = z Φ(z), with Φ the distribution function of the standard normal distribution.
         */
        GELUSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "GELU";
            /** Name */
            name?: string | null;
            /**
             * Approximate
             * @default none
             * @enum {string}
             */
            approximate: "none" | "tanh";
        };
        /**
         * GivenGradientSchema
         * @description The gradient of the outputs is given, as if later layers had sent it back: ℓ = Σ gŷ. It takes no targets.
         */
        GivenGradientSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "given_gradient";
            /** Gradient */
            gradient?: number[][] | number[][][] | number[][][][];
        };
        /**
         * GradientCheckAnswer
         * @description Every derivative by all witnesses, the row to look at first, how many differ, how many have each verdict, how
         *     many each witness decided, and the largest deviation of the backward pass from the deciding value. If there is no
         *     complex step, `no_complex_step` gives the reason. `checked` of `total` requested numbers have a row; if not all are
         *     checked, they were drawn from `seed`, which is null otherwise.
         */
        GradientCheckAnswer: {
            /** Epsilon */
            epsilon: number;
            /** Tolerance */
            tolerance: number;
            /** Checked */
            checked: number;
            /** Total */
            total: number;
            /** Seed */
            seed: number | null;
            /** Rows */
            rows: components["schemas"]["GradientRowAnswer"][];
            worst: components["schemas"]["GradientRowAnswer"] | null;
            /** Failed */
            failed: number;
            counts: components["schemas"]["VerdictCounts"];
            decided: components["schemas"]["DecidedCounts"];
            /** Largest Deviation */
            largest_deviation: number | null;
            no_complex_step: components["schemas"]["NoComplexStepAnswer"] | null;
            /** Nonfinite */
            nonfinite: components["schemas"]["NonfiniteAnswer"][];
        };
        /**
         * GradientCheckRequest
         * @description Which derivatives of a document's training step to check: those of `refs`, or else of every parameter, and of
         *     every input unless `inputs` is false; with `layer` only those of that layer (`x` means the inputs); all of them, or
         *     a `sample`. The derivatives are those of the loss, or with `objective` those of the loss with the document's
         *     `penalty`.
         */
        GradientCheckRequest: {
            /** Document */
            document: components["schemas"]["NetworkDocument"] | components["schemas"]["DocumentHash"];
            /**
             * Epsilon
             * @default 0.00001
             */
            epsilon: number;
            /**
             * Tolerance
             * @default 0.1
             */
            tolerance: number;
            /** Refs */
            refs?: string[] | null;
            /**
             * Inputs
             * @default true
             */
            inputs: boolean;
            /** Layer */
            layer?: string | null;
            sample?: components["schemas"]["SampleRequest"] | null;
            /**
             * Objective
             * @default false
             */
            objective: boolean;
        };
        /**
         * GradientFlowAnswer
         * @description A row for each layer, in order. `ratio` is the gradient of the first layer over that of the last; null if there
         *     is only one layer, or if the gradient of the last is 0.
         */
        GradientFlowAnswer: {
            /** Rows */
            rows: components["schemas"]["LayerFlowAnswer"][];
            /** Ratio */
            ratio: number | null;
            /** Nonfinite */
            nonfinite: components["schemas"]["NonfiniteAnswer"][];
        };
        /**
         * GradientFlowRequest
         * @description The document whose training step is examined.
         */
        GradientFlowRequest: {
            /** Document */
            document: components["schemas"]["NetworkDocument"] | components["schemas"]["DocumentHash"];
        };
        /**
         * GradientRowAnswer
         * @description One derivative by all its witnesses, and the verdict. `analytic` is from the backward pass, `numeric` is (right −
         *     left) / 2ε with the losses on both sides, and `complex_step` is null if it cannot be computed.
         *
         *     `verdict` is `agrees`, `differs`, `kink` if the slopes of the loss to the left and to the right differ, or
         *     `undecided` if no ε from 1e-1 to 1e-12 can decide. `witness` says what decided: the complex step, a quotient of two
         *     losses, or, at a kink, the quotients of either side or one along the branch that the backward pass follows.
         *     `estimate` is the derivative by that witness, null if the quotients of either side decided, and `estimate_epsilon`
         *     the ε of a quotient, which need not be the requested one. `bound` is the largest difference between `analytic` and
         *     `estimate` that rounding and truncation explain, and `deviation` their actual difference, relative to the larger;
         *     null if no estimate decided. `limits` are those of the quotients to the left and to the right at a kink.
         */
        GradientRowAnswer: {
            /** Ref */
            ref: string;
            /** Analytic */
            analytic: number | null;
            /** Left */
            left: number | null;
            /** Right */
            right: number | null;
            /** Numeric */
            numeric: number | null;
            /** Relative Error */
            relative_error: number | null;
            /** Complex Step */
            complex_step: number | null;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "agrees" | "differs" | "kink" | "undecided";
            /**
             * Witness
             * @enum {string}
             */
            witness: "complex_step" | "quotient" | "one_sided" | "branch";
            /** Estimate */
            estimate: number | null;
            /** Estimate Epsilon */
            estimate_epsilon: number | null;
            /** Bound */
            bound: number | null;
            /** Deviation */
            deviation: number | null;
            /** Limits */
            limits: [
                number,
                number
            ] | null;
        };
        /**
         * HalfSquaredErrorSchema
         * @description Half the squared error, summed over outputs and samples: the chapter's loss.
         */
        HalfSquaredErrorSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "half_squared_error";
        };
        /**
         * HingeSchema
         * @description How far each output falls short of the margin 1 on the side of its target, −1 or +1, averaged over outputs.
         */
        HingeSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "hinge";
        };
        /**
         * HistogramAnswer
         * @description How many numbers of a tensor, such as `fc_1.w` or the activations `tanh_1.output` of a mini-batch, are in each of
         *     some bins of one `width`. Bin i has those from (`first` + i) · `width` on, up to the next bin. `not_finite` of them
         *     are in no bin; `lowest`, `highest`, `mean` and `root_mean_square` are of the others, null without any.
         */
        HistogramAnswer: {
            /** Layer */
            layer: string;
            /** Tensor */
            tensor: string;
            /** Size */
            size: number;
            /** Width */
            width: number;
            /** First */
            first: number;
            /** Counts */
            counts: number[];
            /** Lowest */
            lowest: number | null;
            /** Highest */
            highest: number | null;
            /** Mean */
            mean: number | null;
            /** Root Mean Square */
            root_mean_square: number | null;
            /** Not Finite */
            not_finite: number;
        };
        /**
         * HoldsAnswer
         * @description Every line of the receipt is correct.
         */
        HoldsAnswer: {
            /**
             * Ok
             * @constant
             */
            ok: true;
            /** Lines */
            lines: number;
        };
        /**
         * HuberSchema
         * @description Quadratic for errors up to δ and linear beyond, averaged over outputs and samples.
         */
        HuberSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "huber";
            /**
             * Delta
             * @default 1
             */
            delta: number;
        };
        /**
         * InitialiserAnswer
         * @description A rule by which weights are initialised.
         */
        InitialiserAnswer: {
            /** Name */
            name: string;
            /** Description */
            description: string;
        };
        /**
         * KindAnswer
         * @description One kind of layer, loss or optimizer.
         */
        KindAnswer: {
            /** Type */
            type: string;
            /** Title */
            title: string;
            /** Description */
            description: string;
            /** Parameters */
            parameters: components["schemas"]["FieldAnswer"][];
        };
        /**
         * LawAnswer
         * @description A law as prose and formulas, in the requested language if a wording exists; `key` is the key of the wording. A
         *     formula is in pieces; a line may break between any two of them.
         */
        LawAnswer: {
            /** Key */
            key: string;
            /**
             * Language
             * @enum {string}
             */
            language: "en" | "zh";
            /** Parts */
            parts: (string | components["schemas"]["LawNodeAnswer"][])[];
        };
        /**
         * LawNodeAnswer
         * @description A part of a formula, for typesetting. A `fence` has in `text` its opening bracket, a `fraction` has two `parts`;
         *     `below`, `above` and `both` have the base, followed by an index, a power or both.
         */
        LawNodeAnswer: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "row" | "letter" | "number" | "name" | "new" | "sign" | "prefix" | "comma" | "mark" | "prime" | "sum" | "space" | "fence" | "fraction" | "root" | "below" | "above" | "both";
            /** Text */
            text?: string | null;
            /** Parts */
            parts?: components["schemas"]["LawNodeAnswer"][] | null;
        };
        /**
         * LayerAnswer
         * @description One layer. `inputs` names the tensors that it takes, such as `x` or `fc_1.output` (its input `fc_2.input[n,i]` is
         *     a number of the first of them), `output` the one that it computes, `parameters` those that it learns, and `saved`
         *     other results of its forward pass: a dropout's mask, a normalization's mean and variance.
         *
         *     From `connects` to `squashes` the answer describes the layer. `connects` says which inputs of its sample an output
         *     is computed from: the one at its place, counted row by row; all along `axis`; all of its channel (of flat samples,
         *     the one at its place); those in a `window`; or all. `joins` is true where weighted edges lead to new units,
         *     `elementwise` where an output depends on one input alone. `axes` are those of each parameter, `symbol` is how the
         *     function is written, `squashes` the function that turns scores into probabilities.
         */
        LayerAnswer: {
            /** Name */
            name: string;
            /** Type */
            type: string;
            /** Inputs */
            inputs: string[];
            /**
             * Connects
             * @enum {string}
             */
            connects: "place" | "axis" | "channel" | "window" | "all";
            /** Axis */
            axis?: number | null;
            /** Joins */
            joins?: boolean;
            /** Elementwise */
            elementwise?: boolean;
            window?: components["schemas"]["WindowAnswer"] | null;
            /** Axes */
            axes?: {
                [key: string]: components["schemas"]["AxesAnswer"];
            };
            /** Symbol */
            symbol?: string | null;
            /** Squashes */
            squashes?: ("logistic" | "softmax") | null;
            /** Output */
            output: string;
            /** Parameters */
            parameters?: string[];
            /** Saved */
            saved?: string[];
            activation?: components["schemas"]["ActivationAnswer"] | null;
            unrolled?: components["schemas"]["UnrolledAnswer"] | null;
        };
        /**
         * LayerFlowAnswer
         * @description The size of the gradient at one layer: the root mean square of the gradient with respect to its outputs, and to
         *     its parameters (null if it has none). Units, or channels of images, count from 0.
         */
        LayerFlowAnswer: {
            /** Layer */
            layer: string;
            /** Type */
            type: string;
            /** Gradient */
            gradient: number | null;
            /** Parameters */
            parameters: number | null;
            /** Units */
            units: number;
            /** Dead */
            dead: number[];
            /** Saturated */
            saturated: number[];
        };
        /**
         * LayerGradientAnswer
         * @description The root mean square of a layer's gradients in the next step: of its output, and of its parameters.
         */
        LayerGradientAnswer: {
            /** Layer */
            layer: string;
            /** Gradient */
            gradient: number | null;
            /** Parameters */
            parameters: number | null;
        };
        /**
         * LayerKindAnswer
         * @description One kind of layer. `numbers` are those of its `parameters` that are not settings, in field order.
         */
        LayerKindAnswer: {
            /** Type */
            type: string;
            /** Title */
            title: string;
            /** Description */
            description: string;
            /** Parameters */
            parameters: components["schemas"]["FieldAnswer"][];
            /** Numbers */
            numbers: components["schemas"]["LayerNumbersAnswer"][];
        };
        /**
         * LayerNormSchema
         * @description Normalizes each sample to mean 0 and variance 1, then multiplies each number by γ and adds β, both learned.
         */
        LayerNormSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "LayerNorm";
            /** Name */
            name?: string | null;
            /**
             * Frozen
             * @default []
             */
            frozen: ("gamma" | "beta")[];
            /**
             * Lr Factor
             * @default 1
             */
            lr_factor: number;
            /**
             * Epsilon
             * @default 0.00001
             */
            epsilon: number;
            /** Gamma */
            gamma?: number[] | number[][] | number[][][];
            /** Beta */
            beta?: number[] | number[][] | number[][][];
        };
        /**
         * LayerNumbersAnswer
         * @description A field of a layer with numbers that are drawn or accumulated, and the letter of these numbers.
         */
        LayerNumbersAnswer: {
            /** Name */
            name: string;
            /** Symbol */
            symbol: string;
        };
        /**
         * LeafAnswer
         * @description A number of the training step.
         */
        LeafAnswer: {
            /** Role */
            role?: ("upstream" | "local") | null;
            /** Derivative */
            derivative?: string | null;
            /** Ref */
            ref: string;
            /** Symbol */
            symbol: string;
            /** Value */
            value: number | null;
        };
        /**
         * LeakyReLuSchema
         * @description Rectified linear unit with a small slope α below 0: h = z where z > 0, else αz.
         */
        LeakyReLuSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "LeakyReLu";
            /** Name */
            name?: string | null;
            /**
             * Slope
             * @default 0.01
             */
            slope: number;
        };
        /**
         * LimitAnswer
         * @description A limit of this service.
         */
        LimitAnswer: {
            /** Name */
            name: string;
            /** Value */
            value: number;
            /** Meaning */
            meaning: string;
        };
        /**
         * LineAnswer
         * @description A row or column of a matrix: `tensor` names its numbers as in refs; null if they are not numbers of the training
         *     step.
         */
        LineAnswer: {
            /** Symbol */
            symbol: string;
            /** Tensor */
            tensor: string | null;
            /** Transposed */
            transposed: boolean;
            /** Shape */
            shape: [
                number,
                number
            ];
            /**
             * Kind
             * @enum {string}
             */
            kind: "row" | "column";
            /** At */
            at: number;
            /** Entries */
            entries: (components["schemas"]["LeafAnswer"] | components["schemas"]["NumberAnswer"] | components["schemas"]["OperationAnswer"] | components["schemas"]["CallAnswer"] | components["schemas"]["ChoiceAnswer"])[];
            /** More */
            more: number;
        };
        /**
         * LinearSchema
         * @description Fully connected layer: each output is a weighted sum of all inputs plus a bias, Ŷ = Xw + b.
         */
        LinearSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "Linear";
            /** Name */
            name?: string | null;
            /**
             * Frozen
             * @default []
             */
            frozen: ("w" | "b")[];
            /**
             * Lr Factor
             * @default 1
             */
            lr_factor: number;
            /**
             * Bias
             * @default true
             */
            bias: boolean;
            /** Output Dim */
            output_dim: number;
            /**
             * Initialiser
             * @default library_uniform
             * @enum {string}
             */
            initialiser: "library_uniform" | "xavier_uniform" | "xavier_normal" | "he_uniform" | "he_normal";
            /** W */
            w?: number[][];
            /** B */
            b?: number[];
        };
        /**
         * LossAnswer
         * @description The loss. `quantities` names its intermediate quantities: `loss.p`, the probabilities computed from the output.
         *     If `elementwise` is true, each of them depends only on the output at its place (null if there are none).
         */
        LossAnswer: {
            /** Type */
            type: string;
            /** Value */
            value: number | null;
            /** Quantities */
            quantities?: string[];
            /** Elementwise */
            elementwise?: boolean | null;
        };
        /**
         * LossKindAnswer
         * @description One kind of loss, whether it takes targets, and whether these may be classes.
         */
        LossKindAnswer: {
            /** Type */
            type: string;
            /** Title */
            title: string;
            /** Description */
            description: string;
            /** Parameters */
            parameters: components["schemas"]["FieldAnswer"][];
            /** Takes Targets */
            takes_targets: boolean;
            /** Takes Classes */
            takes_classes: boolean;
        };
        /**
         * MatrixAnswer
         * @description The row and the column whose product is a number, and what is added to the product.
         */
        MatrixAnswer: {
            /** Formula */
            formula: string;
            left: components["schemas"]["LineAnswer"];
            right: components["schemas"]["LineAnswer"];
            /** Plus */
            plus: components["schemas"]["LeafAnswer"] | components["schemas"]["NumberAnswer"] | components["schemas"]["OperationAnswer"] | components["schemas"]["CallAnswer"] | components["schemas"]["ChoiceAnswer"] | null;
        };
        /**
         * MatrixOperationAnswer
         * @description An operation. `product` is that of matrices. `times`, `quotient`, `sum`, `difference`, `negate`, `power`, `root`
         *     are entry by entry; `total`, `mean` and `max` over the labels in `over`, with `chosen` over what windows
         *     chose. `call` is a `function` of each entry or of all along `over`; `chain` is Σ ∂ℓ/∂Y ⊙ ∂Y/∂X of (∂ℓ/∂Y, Y, X).
         */
        MatrixOperationAnswer: {
            /**
             * Op
             * @enum {string}
             */
            op: "product" | "times" | "quotient" | "sum" | "difference" | "negate" | "power" | "root" | "call" | "total" | "mean" | "max" | "chain";
            /** Args */
            args: (components["schemas"]["OperandAnswer"] | components["schemas"]["MatrixScalarAnswer"] | components["schemas"]["MatrixOperationAnswer"])[];
            /**
             * Over
             * @default
             */
            over: string;
            /** Function */
            function?: string | null;
            /**
             * Variant
             * @default plain
             * @enum {string}
             */
            variant: "plain" | "derivative" | "inverse";
            /**
             * Chosen
             * @default false
             */
            chosen: boolean;
        };
        /**
         * MatrixScalarAnswer
         * @description A scalar with its symbol: a setting, a count or a constant.
         */
        MatrixScalarAnswer: {
            /** Symbol */
            symbol: string;
            /** Value */
            value: number;
        };
        /**
         * MaxPool2DSchema
         * @description The largest number of each window. Windows may overlap, but must cover the image exactly.
         */
        MaxPool2DSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "MaxPool2D";
            /** Name */
            name?: string | null;
            /** Size */
            size: number | number[];
            /** Stride */
            stride: number;
        };
        /**
         * MeanAbsoluteErrorSchema
         * @description The absolute error, averaged over outputs and samples.
         */
        MeanAbsoluteErrorSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mean_absolute_error";
        };
        /**
         * MeanSquaredErrorSchema
         * @description The squared error, averaged over outputs and samples.
         */
        MeanSquaredErrorSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mean_squared_error";
        };
        /**
         * MessageAnswer
         * @description A sentence as data. `key` names its wording, in `tinyml/narrate/messages`; `refs` are the numbers that it names,
         *     `values` its other values: a count, a name, an intermediate number, a formula, or messages.
         */
        MessageAnswer: {
            /** Key */
            key: string;
            /** Refs */
            refs: {
                [key: string]: components["schemas"]["NamedAnswer"];
            };
            /** Values */
            values: {
                [key: string]: number | string | components["schemas"]["FigureAnswer"] | components["schemas"]["FormulaAnswer"] | components["schemas"]["MessageAnswer"] | components["schemas"]["MessageAnswer"][];
            };
        };
        /**
         * MomentAnswer
         * @description The document after `step` training steps of a training; `numbers` if they are wanted.
         */
        MomentAnswer: {
            /** Step */
            step: number;
            document: components["schemas"]["NetworkDocument"];
            numbers?: components["schemas"]["NumbersAnswer"] | null;
        };
        /**
         * NamedAnswer
         * @description A number of the training step with its symbol.
         */
        NamedAnswer: {
            /** Ref */
            ref: string;
            /** Symbol */
            symbol: string;
            /** Value */
            value: number | null;
        };
        /**
         * NetworkAnswer
         * @description A stored network: its document, its current pass, and how many terms of the training step are done.
         *
         *     `id` is the key that edits it, and is absent if the request used `view`, the key that only reads it.
         *
         *     `step` counts training steps from 1; `first_step` is the earliest one that can be restored. `clamped` is true if the
         *     request asked to go back further than that. `kept_days`, in the answer to creating it, says after how many days
         *     without use it is deleted; it is absent if it is not.
         */
        NetworkAnswer: {
            /** Id */
            id?: string | null;
            /** View */
            view: string;
            document: components["schemas"]["NetworkDocument"];
            /**
             * Phase
             * @enum {string}
             */
            phase: "ready" | "forward" | "loss" | "backward" | "update";
            /** Cursor */
            cursor: number;
            /** Step */
            step: number;
            /** First Step */
            first_step: number;
            /** Clamped */
            clamped: boolean;
            /** Kept Days */
            kept_days?: number | null;
            /** Warnings */
            warnings: components["schemas"]["WarningAnswer"][];
        };
        /**
         * NetworkDocument
         * @description A network, its loss and optimizer, and one batch of data: either `x` and `y`, or `data` with the `position` of
         *     the mini-batch. The learning rate follows from the `position` too, if the optimizer has a schedule; without
         *     mini-batches each training step is an epoch. Input sizes are inferred, never given.
         *
         *     A sample has up to three axes; those of an image are channels, height and width, those of a sequence channels and
         *     length. In the mode `predict` nothing is dropped, and normalizations use their running statistics.
         */
        NetworkDocument: {
            /**
             * Format
             * @default tinyml-network/1
             * @constant
             */
            format: "tinyml-network/1";
            /**
             * Name
             * @default Untitled
             */
            name: string;
            /** Input Shape */
            input_shape: number[];
            /** Layers */
            layers: (components["schemas"]["LinearSchema"] | components["schemas"]["ReLuSchema"] | components["schemas"]["LeakyReLuSchema"] | components["schemas"]["PReLUSchema"] | components["schemas"]["ELUSchema"] | components["schemas"]["GELUSchema"] | components["schemas"]["SiLUSchema"] | components["schemas"]["SoftplusSchema"] | components["schemas"]["SigmoidSchema"] | components["schemas"]["TanhSchema"] | components["schemas"]["SoftmaxSchema"] | components["schemas"]["Conv2DSchema"] | components["schemas"]["Conv1DSchema"] | components["schemas"]["Deconv2DSchema"] | components["schemas"]["MaxPool2DSchema"] | components["schemas"]["AvgPool2DSchema"] | components["schemas"]["FlattenSchema"] | components["schemas"]["DropoutSchema"] | components["schemas"]["BatchNormSchema"] | components["schemas"]["LayerNormSchema"] | components["schemas"]["RMSNormSchema"])[];
            /** Loss */
            loss: components["schemas"]["HalfSquaredErrorSchema"] | components["schemas"]["MeanSquaredErrorSchema"] | components["schemas"]["MeanAbsoluteErrorSchema"] | components["schemas"]["HuberSchema"] | components["schemas"]["HingeSchema"] | components["schemas"]["BinaryCrossEntropySchema"] | components["schemas"]["SoftmaxCrossEntropySchema"] | components["schemas"]["OutputSchema"] | components["schemas"]["GivenGradientSchema"];
            /** Optimizer */
            optimizer: components["schemas"]["SGDSchema"] | components["schemas"]["RMSPropSchema"] | components["schemas"]["AdagradSchema"] | components["schemas"]["AdamSchema"] | components["schemas"]["AdamWSchema"];
            penalty?: components["schemas"]["PenaltySchema"] | null;
            /** X */
            x?: number[][] | number[][][] | number[][][][];
            /** Y */
            y?: number[][] | number[][][] | number[][][][] | number[];
            data?: components["schemas"]["Data"] | null;
            position?: components["schemas"]["Position"] | null;
            /**
             * Seed
             * @default 0
             */
            seed: number;
            /**
             * Mode
             * @default train
             * @enum {string}
             */
            mode: "train" | "predict";
        };
        /**
         * NetworkPatch
         * @description A JSON merge patch (RFC 7396) of a stored network; `document` is patched member by member.
         */
        NetworkPatch: {
            /** Document */
            document?: {
                [key: string]: unknown;
            };
        };
        /**
         * NoComplexStepAnswer
         * @description Why there is no complex step: the layer that does not allow it, or the loss or the `penalty`, which have no name,
         *     and the reason, also in words.
         */
        NoComplexStepAnswer: {
            /** Type */
            type: string;
            /** Name */
            name: string | null;
            /**
             * Reason
             * @enum {string}
             */
            reason: "not_analytic" | "own_passes";
            /** Detail */
            detail: string;
        };
        /**
         * NodeAnswer
         * @description A node of the picture; `layer` is its column from the inputs at 0, `index` its place there (null for a bias).
         */
        NodeAnswer: {
            /** Id */
            id: string;
            /**
             * Role
             * @enum {string}
             */
            role: "input" | "bias" | "hidden" | "output" | "probability";
            /** Label */
            label: string;
            /** Layer */
            layer: number;
            /** Index */
            index: number | null;
            /** Value */
            value: number | null;
            /** Gradient */
            gradient: number | null;
            /** Ref */
            ref: string;
            pre: components["schemas"]["PreAnswer"] | null;
        };
        /**
         * NonfiniteAnswer
         * @description A number that JSON cannot write: the value at `path` is null.
         */
        NonfiniteAnswer: {
            /** Path */
            path: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "nan" | "+inf" | "-inf";
        };
        /**
         * NormClip
         * @description The gradients of all parameters are multiplied by c / (‖g‖ + 10⁻⁶) if that is below 1; c is `norm`.
         */
        NormClip: {
            /** Norm */
            norm: number;
        };
        /**
         * NoticeAnswer
         * @description What a training shows, and after how many steps it began.
         */
        NoticeAnswer: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "dead" | "saturated" | "vanishing" | "exploding" | "plateau" | "learned";
            /** Layer */
            layer: string | null;
            /** Units */
            units: number[];
            /** Refs */
            refs: string[];
            /** Begins */
            begins: number;
            message: components["schemas"]["TrainingMessage"];
        };
        /**
         * NumberAnswer
         * @description A constant of the formula; a setting, such as the momentum μ, has a symbol.
         */
        NumberAnswer: {
            /** Role */
            role?: ("upstream" | "local") | null;
            /** Derivative */
            derivative?: string | null;
            /** Number */
            number: number;
            /** Value */
            value: number | null;
            /** Symbol */
            symbol?: string | null;
        };
        /**
         * NumbersAnswer
         * @description The network at one moment: the `loss` of the mini-batch of the training step, and the fields of frames.
         */
        NumbersAnswer: {
            /** Loss */
            loss: number | null;
            /** Training Loss */
            training_loss: number | null;
            /** Accuracy */
            accuracy: number | null;
            /** Confusion */
            confusion: number[][] | null;
            /** Held Out Loss */
            held_out_loss: number | null;
            /** Held Out Accuracy */
            held_out_accuracy: number | null;
            /** Held Out Confusion */
            held_out_confusion: number[][] | null;
            /** Gradients */
            gradients: components["schemas"]["LayerGradientAnswer"][];
            /** Histograms */
            histograms: components["schemas"]["HistogramAnswer"][];
            surface?: components["schemas"]["SurfaceAnswer"] | null;
        };
        /**
         * ObjectiveAnswer
         * @description What training minimizes if the document has a `penalty`: `value` is J = ℓ + Ω, and `penalty` is Ω.
         */
        ObjectiveAnswer: {
            /** Value */
            value: number | null;
            /** Penalty */
            penalty: number | null;
        };
        /**
         * OperandAnswer
         * @description A tensor of the trace as a matrix. Labels are letters: n counts samples. `axes` has for each axis of the tensor
         *     the labels that count it, the last running fastest; with `windows`, each axis of an image, or of a sequence, has two
         *     labels: the place in the result and the place within the window. `rows` and `columns` are the labels that count
         *     these; a label in neither means one matrix for each of its values. `meets` are the labels that the matrix shares
         *     with the inspected entry and that select the row and column taking part in it; along all other labels everything
         *     takes part. `transposed` matrices are written with a T; `turned` ones are filters with a column for each channel.
         */
        OperandAnswer: {
            /** Tensor */
            tensor: string;
            /** Axes */
            axes: string[];
            /** Rows */
            rows: string;
            /** Columns */
            columns: string;
            /** Meets */
            meets: string;
            windows?: components["schemas"]["SeenAnswer"] | null;
            /**
             * Transposed
             * @default false
             */
            transposed: boolean;
            /**
             * Turned
             * @default false
             */
            turned: boolean;
        };
        /**
         * OperationAnswer
         * @description An operation on expressions.
         */
        OperationAnswer: {
            /** Role */
            role?: ("upstream" | "local") | null;
            /** Derivative */
            derivative?: string | null;
            /** Running */
            running?: (number | null)[] | null;
            /**
             * Op
             * @enum {string}
             */
            op: "sum" | "product" | "difference" | "quotient" | "power" | "negate";
            /** Args */
            args: (components["schemas"]["LeafAnswer"] | components["schemas"]["NumberAnswer"] | components["schemas"]["OperationAnswer"] | components["schemas"]["CallAnswer"] | components["schemas"]["ChoiceAnswer"])[];
            /** Value */
            value: number | null;
            folded?: components["schemas"]["FoldedAnswer"] | null;
        };
        /**
         * OutputSchema
         * @description The output itself, summed over outputs and samples: every gradient is that of the output. It takes no targets.
         */
        OutputSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "output";
        };
        /**
         * PReLUSchema
         * @description Rectified linear unit with a learned slope α below 0: h = z where z > 0, else αz.
         */
        PReLUSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "PReLU";
            /** Name */
            name?: string | null;
            /**
             * Frozen
             * @default []
             */
            frozen: "slope"[];
            /**
             * Lr Factor
             * @default 1
             */
            lr_factor: number;
            /**
             * Shared
             * @default true
             */
            shared: boolean;
            /** Slope */
            slope?: number[];
        };
        /**
         * PatchAnswer
         * @description One operation of a JSON Patch (RFC 6902): `remove` what is at `path`, or replace it by `value`.
         */
        PatchAnswer: {
            /**
             * Op
             * @enum {string}
             */
            op: "remove" | "replace";
            /** Path */
            path: string;
            /** Value */
            value?: unknown;
        };
        /**
         * PathAnswer
         * @description One path from a number to the loss: the numbers on it, its factors, and their running products.
         */
        PathAnswer: {
            /** Refs */
            refs: string[];
            /** Factors */
            factors: components["schemas"]["FactorAnswer"][];
            /** Running */
            running: (number | null)[];
            /** Value */
            value: number | null;
        };
        /**
         * PathsAnswer
         * @description The number of paths, the largest of them, and the sum of the others.
         */
        PathsAnswer: {
            /** Count */
            count: number;
            /** Items */
            items: components["schemas"]["PathAnswer"][];
            /** Remainder */
            remainder: number | null;
        };
        /**
         * PenaltySchema
         * @description What training minimizes besides the loss: Ω = λ₁ Σ |w| + ½ λ₂ Σ w² over all weights of the network, where λ₁ is
         *     `l1` and λ₂ is `l2`; with `biases` over the biases too, which are b of a layer and β of a normalization.
         */
        PenaltySchema: {
            /**
             * L1
             * @default 0
             */
            l1: number;
            /**
             * L2
             * @default 0
             */
            l2: number;
            /**
             * Biases
             * @default false
             */
            biases: boolean;
        };
        /**
         * PlateauRequest
         * @description No epoch of the last `epochs` had a loss that was lower by more than `min_delta` than the lowest before.
         */
        PlateauRequest: {
            /** Epochs */
            epochs: number;
            /**
             * Min Delta
             * @default 0
             */
            min_delta: number;
        };
        /**
         * PointsAnswer
         * @description Rows of the data of a network with two inputs, in the coordinates of the surface: all of them, or of more than a
         *     plot can show some that are evenly spaced, every `every`-th of `rows`. `border` is what a single output is compared
         *     with to find its class, null if there are not two classes; `targets` are the least and the greatest target.
         */
        PointsAnswer: {
            /** X */
            x: number[][];
            /** Y */
            y: number[][];
            /** Held Out */
            held_out: boolean[];
            /** Rows */
            rows: number;
            /** Every */
            every: number;
            /** Border */
            border: number | null;
            /** Targets */
            targets: number[];
        };
        /**
         * Position
         * @description Where in the training a training step is: its `epoch`, and the `step` within that, both counted from 0. This says
         *     which mini-batch of the data it takes, and with a schedule the learning rate.
         */
        Position: {
            /**
             * Epoch
             * @default 0
             */
            epoch: number;
            /**
             * Step
             * @default 0
             */
            step: number;
        };
        /**
         * PreAnswer
         * @description A unit's value before its activation.
         */
        PreAnswer: {
            /** Label */
            label: string;
            /** Value */
            value: number | null;
            /** Gradient */
            gradient: number | null;
            /** Ref */
            ref: string;
        };
        /**
         * ProblemAnswer
         * @description RFC 9457 problem details. `key` is the kind of problem, and `values` its parameters. `where` is a JSON pointer to
         *     the field; for a limit, `asked` and `allowed` are the requested and the allowed number. For an unknown name,
         *     `suggestion` is the one that was probably meant; if a stored network has changed since, `version` is its present
         *     version.
         */
        ProblemAnswer: {
            /** Type */
            type: string;
            /** Title */
            title: string;
            /** Status */
            status: number;
            /** Detail */
            detail: string;
            /**
             * Key
             * @enum {string}
             */
            key: "request" | "not_json" | "no_such_address" | "no_such_export" | "limit" | "expected" | "missing" | "count" | "text" | "at_least" | "at_most" | "more_than" | "less_than" | "unknown" | "field" | "misplaced" | "no_bias" | "shape" | "layer" | "needs_flat" | "needs_image" | "needs_sequence" | "name" | "loss_needs_flat" | "loss_needs_outputs" | "loss_takes_no_classes" | "class_without_output" | "target_not_allowed" | "columns" | "scale" | "data_kinds" | "set_without_package" | "batch" | "held_out" | "position" | "no_momentum" | "memory" | "no_such_sample" | "no_such_number" | "notation" | "receipt" | "no_program" | "export_option" | "export_size" | "export_size_instead" | "no_workbook" | "workbook_clip" | "workbook_not_finite" | "page_not_built" | "unknown_document" | "no_such_network" | "no_such_training" | "no_such_step" | "network_changed" | "version_needed" | "network_outdated" | "key_reused" | "order" | "not_finite" | "zero_by_zero" | "storage" | "storage_full" | "storage_read_only" | "storage_corrupt" | "storage_foreign" | "storage_newer" | "storage_busy" | "storage_away" | "storage_gone" | "storage_taken" | "quota" | "quota_minute" | "class_code" | "class_ended" | "class_full" | "busy" | "internal";
            /** Values */
            values: {
                [key: string]: unknown;
            };
            /**
             * Where
             * @default null
             */
            where: string | null;
            /**
             * Limit
             * @default null
             */
            limit: string | null;
            /**
             * Asked
             * @default null
             */
            asked: number | null;
            /**
             * Allowed
             * @default null
             */
            allowed: number | null;
            /**
             * Suggestion
             * @default null
             */
            suggestion: string | null;
            /**
             * Version
             * @default null
             */
            version: number | null;
            /**
             * Errors
             * @default null
             */
            errors: components["schemas"]["FaultAnswer"][] | null;
        };
        /**
         * RMSNormSchema
         * @description Divides each sample by its root mean square, then multiplies each number by a learned γ.
         */
        RMSNormSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "RMSNorm";
            /** Name */
            name?: string | null;
            /**
             * Frozen
             * @default []
             */
            frozen: "gamma"[];
            /**
             * Lr Factor
             * @default 1
             */
            lr_factor: number;
            /**
             * Epsilon
             * @default 0.00001
             */
            epsilon: number;
            /** Gamma */
            gamma?: number[] | number[][] | number[][][];
        };
        /**
         * RMSPropSchema
         * @description Divides each step by the root of a running mean of the squared gradient: w_new = w − ηg / (√s_new + ε).
         */
        RMSPropSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "rmsprop";
            /**
             * Lr
             * @default 0.01
             */
            lr: number;
            /** State */
            state?: {
                [key: string]: components["schemas"]["SquareState"];
            };
            /** Schedule */
            schedule?: (components["schemas"]["StepScheduleSchema"] | components["schemas"]["CosineScheduleSchema"] | components["schemas"]["WarmUpScheduleSchema"]) | null;
            /**
             * Decay Biases
             * @default true
             */
            decay_biases: boolean;
            /** Clip */
            clip?: (components["schemas"]["NormClip"] | components["schemas"]["ValueClip"]) | null;
            /**
             * Decay
             * @default 0.99
             */
            decay: number;
            /**
             * Epsilon
             * @default 1e-8
             */
            epsilon: number;
            /**
             * Weight Decay
             * @default 0
             */
            weight_decay: number;
        };
        /**
         * RateAnswer
         * @description The learning rate of the training step, η, where it follows from a schedule: `first` is η₀, and `passed` the
         *     number of epochs or training steps before it, whichever `unit` says.
         */
        RateAnswer: {
            /** Value */
            value: number | null;
            /** First */
            first: number;
            /**
             * Unit
             * @enum {string}
             */
            unit: "epoch" | "step";
            /** Passed */
            passed: number;
        };
        /**
         * ReLuSchema
         * @description Rectified linear unit, entry by entry: h = max(z, 0).
         */
        ReLuSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "ReLu";
            /** Name */
            name?: string | null;
        };
        /**
         * Receipt
         * @description A training step with a line for each number that it computes, in order; the document has all its parameters.
         *
         *     `step` counts training steps from 1, `previous` is the SHA-256 of the canonical JSON (RFC 8785) of the receipt
         *     before, null if there is none. `batch` has the rows of a mini-batch, if the data have more.
         */
        Receipt: {
            /**
             * Format
             * @constant
             */
            format: "tinyml-receipt/2";
            /** Step */
            step: number;
            /** Previous */
            previous: string | null;
            document: components["schemas"]["NetworkDocument"];
            batch?: components["schemas"]["ReceiptBatch"] | null;
            /** Lines */
            lines: components["schemas"]["ReceiptLine"][];
        };
        /**
         * ReceiptBatch
         * @description The mini-batch of a training step: its `rows` among all `samples`, their inputs before any scaling, and their
         *     targets if there are any.
         */
        ReceiptBatch: {
            /** Rows */
            rows: number[];
            /** Samples */
            samples: number;
            /** X */
            x: number[][] | number[][][] | number[][][][];
            /** Y */
            y?: number[][] | number[][][] | number[][][][] | number[];
            scaling?: components["schemas"]["ReceiptScaling"] | null;
        };
        /**
         * ReceiptChain
         * @description Receipts of training steps that follow each other.
         */
        ReceiptChain: {
            /** Receipts */
            receipts: (components["schemas"]["Receipt"] | components["schemas"]["FirstReceipt"])[];
        };
        /**
         * ReceiptLine
         * @description One number of the step: the sum of its terms, each the product of its factors, by its law.
         *
         *     A factor is a ref, or an object with one number under its meaning, such as {"½": 0.5}.
         */
        ReceiptLine: {
            /** Ref */
            ref: string;
            /** Value */
            value: number;
            /** Law */
            law: string;
            /** Terms */
            terms: (string | {
                [key: string]: number;
            })[][];
        };
        /**
         * ReceiptScaling
         * @description The center and the spread of each column of the inputs.
         */
        ReceiptScaling: {
            /** Center */
            center: number[];
            /** Spread */
            spread: number[];
        };
        /**
         * ReceiptsAnswer
         * @description Receipts of training steps that follow each other: a chain that can be posted to `/api/verify`.
         */
        ReceiptsAnswer: {
            /** Receipts */
            receipts: components["schemas"]["Receipt"][];
        };
        /**
         * ReceiptsRequest
         * @description How many training steps to record from a document, which is that at the start of training step `step`; and the
         *     hash of the receipt before, if there is one.
         */
        ReceiptsRequest: {
            /** Document */
            document: components["schemas"]["NetworkDocument"] | components["schemas"]["DocumentHash"];
            /**
             * Steps
             * @default 1
             */
            steps: number;
            /**
             * Step
             * @default 1
             */
            step: number;
            /** Previous */
            previous?: string | null;
        };
        /**
         * RemedyAnswer
         * @description A change that removes the cause of a warning: `remove` the `layer`, give it `value` outputs, use the loss
         *     `value`, or `share_targets`: divide the targets of each sample by their sum. `patch` carries it out: apply its
         *     operations to the document in order. The rest of the document is fitted by a trace with `edited`.
         */
        RemedyAnswer: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "remove" | "outputs" | "loss" | "share_targets";
            /** Layer */
            layer: string | null;
            /** Value */
            value: number | string | null;
            /** Edited */
            edited: string;
            /** Patch */
            patch: components["schemas"]["PatchAnswer"][];
        };
        /**
         * ResultsAnswer
         * @description The part of one tensor that a stage computes. `shape` is the tensor's, that of one sample where `sampled`: its
         *     refs then begin with the sample. `axis` is the axis of the nodes: node k computes the `each` numbers whose index
         *     there is k, row by row. Without an axis it computes the k-th number of the tensor, row by row, if there is one. Each
         *     number has `terms` terms; with 0 it needs no separate step.
         *
         *     `shape` and `each`, the product of its other axes, are absent if `tensors` has the numbers, and for the loss, which
         *     is one number. `terms` is absent if all numbers of a node have the same number of terms, an equal share of the
         *     stage's.
         */
        ResultsAnswer: {
            /** Name */
            name: string;
            /** Shape */
            shape?: number[] | null;
            /** Each */
            each?: number | null;
            /** Terms */
            terms?: number | null;
            /** Axis */
            axis?: number | null;
            /** Sampled */
            sampled?: boolean;
        };
        /**
         * Rows
         * @description The inputs and targets of each sample, as in the table. A loss without targets needs no `y`.
         */
        Rows: {
            /** X */
            x: number[][] | number[][][] | number[][][][];
            /** Y */
            y?: number[][] | number[][][] | number[][][][] | number[];
        };
        /**
         * RowsAnswer
         * @description The rows of the data, before any scaling and of all mini-batches: all of them, or every `every`-th of `rows`.
         *     `x` and `y` are as in a document, `y` null for a loss without targets. `held_out` says of each row whether it is
         *     never trained on; `targets` are the least and the greatest target.
         */
        RowsAnswer: {
            /** X */
            x: unknown[];
            /** Y */
            y: unknown[] | null;
            /** Held Out */
            held_out: boolean[];
            /** Rows */
            rows: number;
            /** Every */
            every: number;
            /** Targets */
            targets: number[] | null;
        };
        /**
         * RowsRequest
         * @description The document whose rows are requested. With `most`, of more rows only every second, third, …
         */
        RowsRequest: {
            /** Document */
            document: components["schemas"]["NetworkDocument"] | components["schemas"]["DocumentHash"];
            /** Most */
            most?: number | null;
        };
        /**
         * SGDSchema
         * @description Gradient descent: w_new = w − η ∂ℓ/∂w; with momentum μ: v_new = μv + ∂ℓ/∂w, w_new = w − ηv_new.
         */
        SGDSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "sgd";
            /** Lr */
            lr: number;
            /** State */
            state?: {
                [key: string]: components["schemas"]["VelocityState"] | components["schemas"]["ChangeState"];
            };
            /** Schedule */
            schedule?: (components["schemas"]["StepScheduleSchema"] | components["schemas"]["CosineScheduleSchema"] | components["schemas"]["WarmUpScheduleSchema"]) | null;
            /**
             * Decay Biases
             * @default true
             */
            decay_biases: boolean;
            /** Clip */
            clip?: (components["schemas"]["NormClip"] | components["schemas"]["ValueClip"]) | null;
            /** Momentum */
            momentum?: number | null;
            /**
             * Nesterov
             * @default false
             */
            nesterov: boolean;
            /**
             * Weight Decay
             * @default 0
             */
            weight_decay: number;
            /**
             * Momentum Form
             * @default velocity
             * @enum {string}
             */
            momentum_form: "velocity" | "previous_change";
        };
        /**
         * SampleRequest
         * @description `count` numbers drawn from a seed. Without `count` everything is checked if the limits allow it, and otherwise as
         *     many numbers as they allow.
         */
        SampleRequest: {
            /** Seed */
            seed: number;
            /** Count */
            count?: number | null;
        };
        /**
         * ScalingAnswer
         * @description The scaling of the columns of the document's rows: x = (row − center) / spread.
         */
        ScalingAnswer: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "standard" | "minmax";
            /** Center */
            center: number[];
            /** Spread */
            spread: number[];
        };
        /**
         * SeenAnswer
         * @description The windows in which numbers are arranged: those of a layer, as in its `unrolled` in the trace.
         */
        SeenAnswer: {
            /** Layer */
            layer: string;
            /**
             * Of
             * @enum {string}
             */
            of: "output" | "input_gradient";
        };
        /**
         * SetAnswer
         * @description A data set that the service draws: the shape of its `inputs`, and how many `classes` it has, 0 for a function.
         *     `samples` are drawn if a document leaves their number out, and `most` can be; `noise` says whether it has any.
         */
        SetAnswer: {
            /** Set */
            set: string;
            /** Title */
            title: string;
            /** Description */
            description: string;
            /** Inputs */
            inputs: number[];
            /** Classes */
            classes: number;
            /** Noise */
            noise: boolean;
            /** Samples */
            samples: number;
            /** Most */
            most: number;
        };
        /**
         * SiLUSchema
         * @description Sigmoid linear unit, also called swish: h = z σ(z).
         */
        SiLUSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "SiLU";
            /** Name */
            name?: string | null;
        };
        /**
         * SigmoidSchema
         * @description Logistic function, with values in (0, 1): h = 1 / (1 + e^(−z)).
         */
        SigmoidSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "Sigmoid";
            /** Name */
            name?: string | null;
        };
        /**
         * SoftmaxCrossEntropySchema
         * @description The cross entropy of softmax(ŷ) and the targets, averaged over samples; targets are classes or probabilities.
         *     `weight` has a weight c for each class, with which the mean is weighted; `label_smoothing` is the share ε of each
         *     target that is spread over all classes: ℓ = −Σ t log p / Σ c y with t = c ((1 − ε) y + ε / K).
         */
        SoftmaxCrossEntropySchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "softmax_cross_entropy";
            /**
             * Label Smoothing
             * @default 0
             */
            label_smoothing: number;
            /** Weight */
            weight?: number[] | null;
        };
        /**
         * SoftmaxSchema
         * @description Turns the scores of a sample into probabilities, which sum to 1: hᵢ = e^(zᵢ) / Σₖ e^(zₖ).
         */
        SoftmaxSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "Softmax";
            /** Name */
            name?: string | null;
            /**
             * Axis
             * @default 1
             * @constant
             */
            axis: 1;
        };
        /**
         * SoftplusSchema
         * @description Smooth approximation of ReLU: h = log(1 + e^z).
         */
        SoftplusSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "Softplus";
            /** Name */
            name?: string | null;
        };
        /**
         * SquareState
         * @description The state of RMSProp.
         */
        SquareState: {
            /** Square */
            square: number[] | number[][] | number[][][] | number[][][][];
        };
        /**
         * StageAnswer
         * @description A part of the step in which one layer computes one quantity: `nodes` results of `terms` terms each. `reads` names
         *     the tensors whose values its formulas use. `results` are the tensors whose numbers a node computes, in order.
         *     `settles` names tensors that have no steps: each of their numbers is known together with the one at the same index
         *     of the named result or, with null, when the stage is complete.
         *
         *     A stage continues the one before: `phase` and `layer` are absent where they are the same, `start` where it begins at
         *     the end of that one, the first at 0. `reads` is absent where it is, in the forward pass, all inputs and parameters
         *     of the layer, in the update its parameters, for the loss the network's output and `y`, and in the backward pass
         *     nothing.
         */
        StageAnswer: {
            /** Phase */
            phase?: ("ready" | "forward" | "loss" | "backward" | "update") | null;
            /** Layer */
            layer?: string | null;
            /**
             * Computes
             * @enum {string}
             */
            computes: "mean" | "variance" | "output" | "probabilities" | "loss" | "loss_gradient" | "parameter_gradients" | "input_gradient" | "next";
            /** Nodes */
            nodes: number;
            /** Terms */
            terms: number;
            /** Start */
            start?: number | null;
            /** Reads */
            reads?: string[] | null;
            /** Results */
            results: components["schemas"]["ResultsAnswer"][];
            /** Settles */
            settles?: {
                [key: string]: string | null;
            };
        };
        /**
         * StartAnswer
         * @description The document after `step` training steps, at the start of the one that follows.
         */
        StartAnswer: {
            /** Step */
            step: number;
            document: components["schemas"]["NetworkDocument"];
        };
        /**
         * StepAnswer
         * @description One step of the training step. It takes the cursor from `start` to `cursor`.
         *
         *     `refs` names the numbers that it computes, or to which it adds a term, up to a hundred of the `computed`; a pass and
         *     a layer compute too many to name. `node` counts the nodes of the stage. `message` is the sentence as data. `term` is
         *     null for larger steps and for idle ones.
         */
        StepAnswer: {
            /** Number */
            number: number;
            /** Start */
            start: number;
            /** Cursor */
            cursor: number;
            /**
             * Phase
             * @enum {string}
             */
            phase: "ready" | "forward" | "loss" | "backward" | "update";
            /** Layer */
            layer: string;
            /** Computes */
            computes: string;
            /** Node */
            node: number | null;
            /** Title */
            title: string;
            /** Sentence */
            sentence: string;
            message: components["schemas"]["MessageAnswer"];
            /** Refs */
            refs: string[];
            /** Computed */
            computed: number;
            term: components["schemas"]["StepTermAnswer"] | null;
        };
        /**
         * StepRequest
         * @description How far to move the cursor; a negative count moves back.
         */
        StepRequest: {
            /**
             * By
             * @enum {string}
             */
            by: "pass" | "layer" | "node" | "term";
            /**
             * Count
             * @default 1
             */
            count: number;
        };
        /**
         * StepRule
         * @description The rate is multiplied by `factor` after each `every`.
         */
        StepRule: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "step";
            /** Every */
            every: number;
            /**
             * Factor
             * @default 0.1
             */
            factor: number;
        };
        /**
         * StepScheduleSchema
         * @description The rate is multiplied by `factor` after each `every` epochs, or training steps.
         */
        StepScheduleSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "step";
            /** Every */
            every: number;
            /**
             * Factor
             * @default 0.1
             */
            factor: number;
            /**
             * Unit
             * @default epoch
             * @enum {string}
             */
            unit: "epoch" | "step";
        };
        /**
         * StepTermAnswer
         * @description One term of the number `of`: the `index`-th of `count`, as a formula, with its factors.
         *
         *     `running` is the value of all terms so far, this one included: their sum, or the `largest` of them. `around` is the
         *     operation on the complete sum, written Σ, that gives the number; null if the sum is the number. `sample` is the
         *     sample of the term, if terms of several samples are summed.
         */
        StepTermAnswer: {
            of: components["schemas"]["NamedAnswer"];
            /** Index */
            index: number;
            /** Count */
            count: number;
            /** Expression */
            expression: components["schemas"]["LeafAnswer"] | components["schemas"]["NumberAnswer"] | components["schemas"]["OperationAnswer"] | components["schemas"]["CallAnswer"] | components["schemas"]["ChoiceAnswer"];
            /** Factors */
            factors: string[];
            /** Value */
            value: number | null;
            /** Running */
            running: number | null;
            /** Sample */
            sample: number | null;
            /** Largest */
            largest: boolean;
            /** Around */
            around: components["schemas"]["LeafAnswer"] | components["schemas"]["NumberAnswer"] | components["schemas"]["OperationAnswer"] | components["schemas"]["CallAnswer"] | components["schemas"]["ChoiceAnswer"] | null;
        };
        /**
         * StepsAnswer
         * @description Steps of one grain in order of time: `count` is their total number, `cursor` the position of the network (null
         *     for a document that is not stored), `sample` the sample that they describe.
         */
        StepsAnswer: {
            /**
             * By
             * @enum {string}
             */
            by: "pass" | "layer" | "node" | "term";
            /** Count */
            count: number;
            /** Cursor */
            cursor: number | null;
            /** From */
            from: number;
            /** Sample */
            sample: number;
            /**
             * Language
             * @enum {string}
             */
            language: "en" | "zh";
            /** Steps */
            steps: components["schemas"]["StepAnswer"][];
            /** Nonfinite */
            nonfinite: components["schemas"]["NonfiniteAnswer"][];
        };
        /**
         * StepsRequest
         * @description Which steps of a document's training step to return: `limit` steps of a grain, beginning with number `from`.
         *     `language` is the language of titles and sentences; messages are the same in every language.
         */
        StepsRequest: {
            /** Document */
            document: components["schemas"]["NetworkDocument"] | components["schemas"]["DocumentHash"];
            /**
             * By
             * @default node
             * @enum {string}
             */
            by: "pass" | "layer" | "node" | "term";
            /**
             * From
             * @default 0
             */
            from: number;
            /**
             * Limit
             * @default 50
             */
            limit: number;
            /**
             * Sample
             * @default 0
             */
            sample: number;
            /**
             * Language
             * @default en
             * @enum {string}
             */
            language: "en" | "zh";
        };
        /**
         * StoppedAnswer
         * @description The first training step, counted from 1, with a number that is not finite, and the ref of the first such number
         *     in the order of computation.
         */
        StoppedAnswer: {
            /** Step */
            step: number;
            /** Where */
            where: string;
        };
        /**
         * SumState
         * @description The state of Adagrad.
         */
        SumState: {
            /** Sum */
            sum: number[] | number[][] | number[][][] | number[][][][];
            /**
             * Count
             * @description How many updates there were.
             */
            count: number[];
        };
        /**
         * SurfaceAnswer
         * @description Outputs over the plane of two inputs, at `size` × `size` points row by row from the `lowest` to the `highest`.
         */
        SurfaceAnswer: {
            /** Size */
            size: number;
            /** Lowest */
            lowest: number[];
            /** Highest */
            highest: number[];
            /**
             * Of
             * @enum {string}
             */
            of: "output" | "probability";
            outputs: components["schemas"]["UnitsAnswer"];
            /** Hidden */
            hidden?: {
                [key: string]: components["schemas"]["UnitsAnswer"];
            } | null;
        };
        /**
         * SymbolAnswer
         * @description A symbol in a formula; with a `ref` it is the symbol of a number of the training step.
         */
        SymbolAnswer: {
            /** Symbol */
            symbol: string;
            /** Ref */
            ref: string | null;
        };
        /**
         * TanhSchema
         * @description Hyperbolic tangent, with values in (−1, 1): h = tanh(z).
         */
        TanhSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "Tanh";
            /** Name */
            name?: string | null;
        };
        /**
         * TraceAnswer
         * @description One training step. What the cursor has not reached is null. A field that is not required is absent where it would
         *     be null, false or empty; `step` where it is 1, `sample` where it is 0, `cursor` and `phase` where the step is
         *     complete. `document` is absent where it is the one that was sent, with nothing to fill in or to change.
         *
         *     `hash` is the SHA-256 of the document's canonical JSON: sorted keys, no spaces. `tensors` has each array once, under
         *     the name of a ref without its index: `x`, `fc_1.output.grad`, `fc_1.w.next`; samples come first. `symbols` has the
         *     symbols of their numbers, such as `w_{0:}^(1)`, with placeholders for the indices, which count from 1: `{0}` for the
         *     one along the first axis, `{1:}` for all from the second on. A gradient is `∂ℓ/∂` of that symbol, and a value after
         *     an update has `,new` in the brackets, unless the tensor has a separate entry. `sampled` names the tensors that have
         *     only the row of `sample`. `nodes` and `edges` are present with `graph=1`; they are null for images and large
         *     networks. `products` are present with `products=1`: at the place of each weight of an edge its product with the
         *     input of `sample`, and the biases. With `encoding=base64` large tensors are `{"shape", "float64"}`, and the document
         *     has parameters of that size by name, `{"tensor": "fc_1.w"}`. `fitted` lists the changes of the document that follow
         *     from what was `edited`. `rounding` names numbers that are 0 in exact arithmetic: sums of which only rounding is
         *     left. Data with mini-batches have a `position`, with the numbers of its rows in `batch_rows`, from 0: sample n of
         *     refs is the row `batch_rows[n]`; `batches` counts all rows.
         */
        TraceAnswer: {
            /** Hash */
            hash: string;
            /** Document */
            document?: components["schemas"]["NetworkDocument"] | {
                [key: string]: unknown;
            } | null;
            /** Phase */
            phase?: ("ready" | "forward" | "loss" | "backward" | "update") | null;
            /** Cursor */
            cursor?: number | null;
            /** Step */
            step?: number;
            /** Sample */
            sample?: number;
            loss: components["schemas"]["LossAnswer"];
            /** Tensors */
            tensors: {
                [key: string]: (number | null)[] | (number | null)[][] | (number | null)[][][] | (number | null)[][][][] | components["schemas"]["EncodedTensor"] | null;
            };
            /** Symbols */
            symbols: {
                [key: string]: string;
            };
            /** Layers */
            layers: components["schemas"]["LayerAnswer"][];
            /** Stages */
            stages: components["schemas"]["StageAnswer"][];
            scaling?: components["schemas"]["ScalingAnswer"] | null;
            position?: components["schemas"]["Position"] | null;
            /** Batch Rows */
            batch_rows?: number[] | null;
            batches?: components["schemas"]["BatchesAnswer"] | null;
            rate?: components["schemas"]["RateAnswer"] | null;
            clipped?: components["schemas"]["ClippedAnswer"] | null;
            objective?: components["schemas"]["ObjectiveAnswer"] | null;
            /** Sampled */
            sampled?: string[];
            /** Rounding */
            rounding?: string[];
            /** Warnings */
            warnings?: components["schemas"]["WarningAnswer"][];
            /** Products */
            products?: {
                [key: string]: (number | null)[] | (number | null)[][] | (number | null)[][][] | (number | null)[][][][] | components["schemas"]["EncodedTensor"];
            } | null;
            /** Nodes */
            nodes?: components["schemas"]["NodeAnswer"][] | null;
            /** Edges */
            edges?: components["schemas"]["EdgeAnswer"][] | null;
            /** Nonfinite */
            nonfinite?: components["schemas"]["NonfiniteAnswer"][];
            /** Fitted */
            fitted?: components["schemas"]["ChangeAnswer"][];
        };
        /**
         * TrainingAnswer
         * @description A training. `step` counts the steps taken. After a process was killed, the training went on from a
         *     checkpoint, after the step `resumed_from`; the steps since then, `lost` of which had been shown, were taken again
         *     (null if the server was killed, which leaves no count). `measured` is the step at which
         *     it was measured on its rows. `ended` says why it is done. `objective` is the loss with the `penalty` of the
         *     document, null if it has none. Before the first numbers are known, fields from `epoch` on are left out.
         */
        TrainingAnswer: {
            /** Id */
            id: string;
            /**
             * State
             * @enum {string}
             */
            state: "running" | "paused" | "done" | "cancelled" | "diverged" | "failed";
            /** Until */
            until: {
                [key: string]: unknown;
            };
            /** Speed */
            speed: number | null;
            /** Resumed From */
            resumed_from: number | null;
            /** Lost */
            lost: number | null;
            branch: components["schemas"]["BranchAnswer"] | null;
            /** Network Deleted */
            network_deleted: boolean;
            /** Step */
            step: number;
            /**
             * Epoch
             * @default 0
             */
            epoch: number;
            /** Loss */
            loss?: number | null;
            /** Objective */
            objective?: number | null;
            /** Epoch Loss */
            epoch_loss?: number | null;
            /**
             * Measured
             * @default 0
             */
            measured: number;
            /** Training Loss */
            training_loss?: number | null;
            /** Accuracy */
            accuracy?: number | null;
            /** Confusion */
            confusion?: number[][] | null;
            /** Held Out Loss */
            held_out_loss?: number | null;
            /** Held Out Accuracy */
            held_out_accuracy?: number | null;
            /** Held Out Confusion */
            held_out_confusion?: number[][] | null;
            /** Gradients */
            gradients?: components["schemas"]["LayerGradientAnswer"][];
            /** Notices */
            notices?: components["schemas"]["NoticeAnswer"][];
            /** Ended */
            ended?: ("loss" | "plateau" | "epochs" | "steps") | null;
            where?: components["schemas"]["WhereAnswer"] | null;
        };
        /**
         * TrainingMessage
         * @description A sentence: the key of its wording in `tinyml/narrate/messages/training.<language>.json`, and its values.
         */
        TrainingMessage: {
            /** Key */
            key: string;
            /** Values */
            values: {
                [key: string]: number | string;
            };
        };
        /**
         * TrainingPatch
         * @description A change of a training that runs: pause it, or let it go on, to pause again after so many `steps`; and its speed,
         *     which stays if it is left out.
         */
        TrainingPatch: {
            /** State */
            state?: ("paused" | "running") | null;
            /** Speed */
            speed?: number | null;
            /** Steps */
            steps?: number | null;
        };
        /**
         * TrainingRequest
         * @description Until when to train, at which speed, whether to begin paused, and after how many `steps` to pause.
         */
        TrainingRequest: {
            until: components["schemas"]["UntilRequest"];
            /** Speed */
            speed?: number | null;
            /**
             * Paused
             * @default false
             */
            paused: boolean;
            /** Steps */
            steps?: number | null;
        };
        /**
         * UnitsAnswer
         * @description For each point of a surface a number for each of some units: float32, little-endian, in base64.
         */
        UnitsAnswer: {
            /** Units */
            units: number;
            /** Float32 */
            float32: string;
        };
        /**
         * UnrolledAnswer
         * @description A layer of windows as matrices ("im2col"): the inputs in the window of each output, and the outputs whose windows
         *     contain each input, and whose gradients it receives. For a max pool, `chosen` has for each output the place of the
         *     largest number in its window, row by row.
         */
        UnrolledAnswer: {
            output: components["schemas"]["UnrolledPlacesAnswer"];
            input_gradient: components["schemas"]["UnrolledPlacesAnswer"];
            /** Chosen */
            chosen: (number | null)[] | (number | null)[][] | (number | null)[][][] | (number | null)[][][][] | null;
        };
        /**
         * UnrolledPlacesAnswer
         * @description The indices of the numbers in each window: `rows[r][i]` is the row of the image at place i of the window for row
         *     r of the result, `columns[s][j]` the column; null in the padding. A sequence has columns and no rows.
         */
        UnrolledPlacesAnswer: {
            /** Rows */
            rows: (number | null)[][];
            /** Columns */
            columns: (number | null)[][];
        };
        /**
         * UntilRequest
         * @description What ends a training: the first that holds. `loss` and `plateau` are about the mean loss of an epoch.
         */
        UntilRequest: {
            /** Loss */
            loss?: number | null;
            /** Epochs */
            epochs?: number | null;
            /** Steps */
            steps?: number | null;
            plateau?: components["schemas"]["PlateauRequest"] | null;
        };
        /**
         * ValueClip
         * @description Each gradient is cut at −c and c; c is `value`.
         */
        ValueClip: {
            /** Value */
            value: number;
        };
        /**
         * VelocityState
         * @description The state of momentum.
         */
        VelocityState: {
            /** Velocity */
            velocity: number[] | number[][] | number[][][] | number[][][][];
        };
        /**
         * VerdictCounts
         * @description How many rows have each verdict.
         */
        VerdictCounts: {
            /** Agrees */
            agrees: number;
            /** Differs */
            differs: number;
            /** Kink */
            kink: number;
            /** Undecided */
            undecided: number;
        };
        /**
         * WarmUpScheduleSchema
         * @description The rate rises from `start_factor` times itself within `over` epochs, or training steps; from then on it follows
         *     `after`, which counts from there, or stays as it is.
         */
        WarmUpScheduleSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "warm_up";
            /** Over */
            over: number;
            /**
             * Start Factor
             * @default 0.3333333333333333
             */
            start_factor: number;
            /**
             * Unit
             * @default epoch
             * @enum {string}
             */
            unit: "epoch" | "step";
            /** After */
            after?: (components["schemas"]["StepRule"] | components["schemas"]["CosineRule"]) | null;
        };
        /**
         * WarningAnswer
         * @description Something that can be computed but is unsuitable. `where` points into the document, at a `layer`, a target or
         *     a setting of the optimizer;
         *     `message` is the sentence `detail` as data. The first of the `remedies` is the best.
         */
        WarningAnswer: {
            /** Where */
            where: string;
            /** Layer */
            layer: string | null;
            /** Detail */
            detail: string;
            message: components["schemas"]["MessageAnswer"];
            /** Remedies */
            remedies: components["schemas"]["RemedyAnswer"][];
        };
        /**
         * WhereAnswer
         * @description The training step that was not taken, after so many steps, and the ref of its first number that is not finite.
         */
        WhereAnswer: {
            /** Step */
            step: number;
            /** Ref */
            ref: string;
        };
        /**
         * WindowAnswer
         * @description Windows on images, whose `size` is rows and columns, or on sequences, where it is one number; the other numbers
         *     are for each side alike. They lie on the layer's input, or, where `transposed`, on its output. A number is combined
         *     with all channels at the other end or, if `across` is false, with its channel only.
         */
        WindowAnswer: {
            /** Size */
            size: number[];
            /** Stride */
            stride: number;
            /** Dilation */
            dilation: number;
            /** Padding */
            padding: number;
            /** Transposed */
            transposed: boolean;
            /** Across */
            across: boolean;
        };
        /**
         * Wish
         * @description Which number to explain, in which notation, and how many terms of a long sum to write out.
         */
        Wish: {
            /**
             * Ref
             * @example fc_1.w.grad[0,0]
             */
            ref: string;
            /**
             * Notation
             * @default scalar
             * @enum {string}
             */
            notation: "scalar" | "chain" | "matrix" | "paths" | "stable";
            /**
             * Terms
             * @default 12
             */
            terms: number;
        };
        /**
         * WrongAnswer
         * @description The first wrong line, counted from 1: the ref and the value expected there, the value found, and the mistake in
         *     words. A value that is not expected, is missing, or is not finite is null.
         */
        WrongAnswer: {
            /**
             * Ok
             * @constant
             */
            ok: false;
            /** Line */
            line: number;
            /** Ref */
            ref: string | null;
            /** Expected */
            expected: number | null;
            /** Found */
            found: number | null;
            /** Message */
            message: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
