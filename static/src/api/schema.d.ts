// Made by `npm run types` from the service's OpenAPI schema. Do not edit.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * BinaryCrossEntropySchema
         * @description How surprised the chances σ(ŷ) are by the truth, averaged over samples; the targets are chances too.
         */
        BinaryCrossEntropySchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "binary_cross_entropy";
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
            /**
             * Op
             * @constant
             */
            op: "call";
            /**
             * Function
             * @enum {string}
             */
            function: "exp" | "expm1" | "log" | "log1p" | "tanh" | "sigmoid" | "sqrt" | "abs" | "max" | "min" | "erf" | "sign";
            /** Args */
            args: (components["schemas"]["LeafAnswer"] | components["schemas"]["NumberAnswer"] | components["schemas"]["OperationAnswer"] | components["schemas"]["CallAnswer"] | components["schemas"]["ChoiceAnswer"])[];
            /** Value */
            value: number | null;
        };
        /**
         * CaseAnswer
         * @description One branch of a choice.
         */
        CaseAnswer: {
            /** When */
            when: string;
            /** Value */
            value: components["schemas"]["LeafAnswer"] | components["schemas"]["NumberAnswer"] | components["schemas"]["OperationAnswer"] | components["schemas"]["CallAnswer"] | components["schemas"]["ChoiceAnswer"];
        };
        /**
         * CatalogAnswer
         * @description All that can be chosen, and how far one can go.
         */
        CatalogAnswer: {
            /** Layers */
            layers: components["schemas"]["KindAnswer"][];
            /** Losses */
            losses: components["schemas"]["KindAnswer"][];
            /** Optimizers */
            optimizers: components["schemas"]["KindAnswer"][];
            /** Initialisers */
            initialisers: components["schemas"]["InitialiserAnswer"][];
            /** Limits */
            limits: components["schemas"]["LimitAnswer"][];
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
         * CurvePointAnswer
         * @description The two losses at one ε, the derivative that they give, and its error against the backward pass.
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
         * ELUSchema
         * @description Lets what is positive pass, and bends the rest: h = z where z > 0, else α(e^z − 1).
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
         * ErrorCurveAnswer
         * @description One derivative by central differences of many ε, the largest first; `no_complex_step` says why there is no
         *     complex step, where there is none.
         */
        ErrorCurveAnswer: {
            /** Ref */
            ref: string;
            /** Analytic */
            analytic: number | null;
            /** Complex Step */
            complex_step: number | null;
            /** No Complex Step */
            no_complex_step: string | null;
            /** Points */
            points: components["schemas"]["CurvePointAnswer"][];
            /** Nonfinite */
            nonfinite: components["schemas"]["NonfiniteAnswer"][];
        };
        /**
         * ErrorCurveRequest
         * @description Which derivative to check with every ε from 1e-1 to 1e-12, `per_decade` of them for a power of ten.
         */
        ErrorCurveRequest: {
            document: components["schemas"]["NetworkDocument"];
            /** Ref */
            ref: string;
            /**
             * Per Decade
             * @default 4
             */
            per_decade: number;
        };
        /**
         * ExampleAnswer
         * @description A network to begin with.
         */
        ExampleAnswer: {
            /** Slug */
            slug: string;
            /** Name */
            name: string;
            document: components["schemas"]["NetworkDocument"];
        };
        /**
         * ExplainRequest
         * @description Which number of a document's training step to explain, in which notation; of a long sum so many terms.
         */
        ExplainRequest: {
            document: components["schemas"]["NetworkDocument"];
            /** Ref */
            ref: string;
            /**
             * Notation
             * @default scalar
             * @enum {string}
             */
            notation: "scalar" | "chain" | "matrix" | "paths";
            /**
             * Terms
             * @default 12
             */
            terms: number;
        };
        /**
         * ExplanationAnswer
         * @description A number with the formula that gives it: evaluating `expression` gives `value`.
         *
         *     `notation` is scalar where the number has no form of its own in the one that was asked for; `notations` are those
         *     in which it has.
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
            notation: "scalar" | "chain" | "matrix" | "paths";
            /** Notations */
            notations: ("scalar" | "chain" | "matrix" | "paths")[];
            /** Law */
            law: string;
            /** Expression */
            expression: components["schemas"]["LeafAnswer"] | components["schemas"]["NumberAnswer"] | components["schemas"]["OperationAnswer"] | components["schemas"]["CallAnswer"] | components["schemas"]["ChoiceAnswer"];
            /** Latex */
            latex: string;
            /** Mathml */
            mathml: string;
            /** Text */
            text: string;
            matrix: components["schemas"]["MatrixAnswer"] | null;
            paths: components["schemas"]["PathsAnswer"] | null;
            /** Nonfinite */
            nonfinite: components["schemas"]["NonfiniteAnswer"][];
        };
        /**
         * FactorAnswer
         * @description A derivative on a path; `ref` where it is a number of the training step by itself.
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
         * FieldAnswer
         * @description A field that a layer, loss or optimizer takes, with its JSON schema.
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
         * FoldedAnswer
         * @description The last terms of a long sum: how many they are, and what they come to.
         */
        FoldedAnswer: {
            /** Count */
            count: number;
            /** Value */
            value: number | null;
        };
        /**
         * GELUSchema
         * @description Lets each number pass with the chance that a standard normal variable lies below it: h = z Φ(z).
         */
        GELUSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "GELU";
            /** Name */
            name?: string | null;
        };
        /**
         * GradientCheckAnswer
         * @description Every derivative by all witnesses, the row that is worst, and how many failed; `complex_step` says why there is
         *     none, where there is none.
         */
        GradientCheckAnswer: {
            /** Epsilon */
            epsilon: number;
            /** Tolerance */
            tolerance: number;
            /** Rows */
            rows: components["schemas"]["GradientRowAnswer"][];
            worst: components["schemas"]["GradientRowAnswer"] | null;
            /** Failed */
            failed: number;
            /** Complex Step */
            complex_step: string | null;
            /** Nonfinite */
            nonfinite: components["schemas"]["NonfiniteAnswer"][];
        };
        /**
         * GradientCheckRequest
         * @description Which derivatives of a document's training step to check: those of `refs`, or else of every parameter, and of
         *     every input unless `inputs` is false.
         */
        GradientCheckRequest: {
            document: components["schemas"]["NetworkDocument"];
            /**
             * Epsilon
             * @default 0.00001
             */
            epsilon: number;
            /**
             * Tolerance
             * @default 0.0001
             */
            tolerance: number;
            /** Refs */
            refs?: string[] | null;
            /**
             * Inputs
             * @default true
             */
            inputs: boolean;
        };
        /**
         * GradientRowAnswer
         * @description One derivative by all its witnesses: the backward pass, the losses to the left and right, the complex step.
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
            /** Ok */
            ok: boolean;
            /** Complex Step */
            complex_step: number | null;
        };
        /**
         * HalfSquaredErrorSchema
         * @description The chapter's loss, summed over outputs and samples.
         */
        HalfSquaredErrorSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "half_squared_error";
        };
        /**
         * HuberSchema
         * @description Squared where the error is at most delta, straight beyond it, averaged over outputs and samples.
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
         * @description A rule by which weights start.
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
         * LayerAnswer
         * @description One layer in one training step; samples come first.
         */
        LayerAnswer: {
            /** Name */
            name: string;
            /** Type */
            type: string;
            /** Input */
            input: (number | null)[] | (number | null)[][] | null;
            /** Output */
            output: (number | null)[] | (number | null)[][] | null;
            /** Input Gradient */
            input_gradient: (number | null)[] | (number | null)[][] | null;
            /** Output Gradient */
            output_gradient: (number | null)[] | (number | null)[][] | null;
            /** Parameters */
            parameters: {
                [key: string]: components["schemas"]["ParameterAnswer"];
            };
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
         * @description Lets what is positive pass, and a little of the rest: h = z where z > 0, else αz with α the slope.
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
         * @description A row or column of a matrix: `tensor` names its numbers as refs do, null for what is only thought of.
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
             * Lit
             * @enum {string}
             */
            lit: "row" | "column";
            /** At */
            at: number;
            /** Entries */
            entries: (components["schemas"]["LeafAnswer"] | components["schemas"]["NumberAnswer"] | components["schemas"]["OperationAnswer"] | components["schemas"]["CallAnswer"] | components["schemas"]["ChoiceAnswer"])[];
            /** More */
            more: number;
        };
        /**
         * LinearSchema
         * @description Joins every input to every output by a weight: Ŷ = Xw + b.
         */
        LinearSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "Linear";
            /** Name */
            name?: string | null;
            /** Output Dim */
            output_dim: number;
            /** W */
            w?: number[][] | null;
            /** B */
            b?: number[] | null;
        };
        /**
         * LossAnswer
         * @description The loss and its gradient with respect to the output.
         */
        LossAnswer: {
            /** Type */
            type: string;
            /** Value */
            value: number | null;
            /** Gradient */
            gradient: (number | null)[] | (number | null)[][] | null;
        };
        /**
         * MatrixAnswer
         * @description The row and the column that meet in a number, and what is added to their product.
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
         * MeanAbsoluteErrorSchema
         * @description The absolute error averaged over outputs and samples.
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
         * @description The squared error averaged over outputs and samples.
         */
        MeanSquaredErrorSchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "mean_squared_error";
        };
        /**
         * NetworkAnswer
         * @description A stored network: its document, the pass that it is in, and how many terms of the training step are done.
         */
        NetworkAnswer: {
            /** Id */
            id: string;
            document: components["schemas"]["NetworkDocument"];
            /**
             * Phase
             * @enum {string}
             */
            phase: "ready" | "forward" | "loss" | "backward" | "update";
            /** Cursor */
            cursor: number;
        };
        /**
         * NetworkDocument
         * @description A network, its loss and optimizer, and one batch of data. Input sizes are inferred, never given.
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
            layers: (components["schemas"]["LinearSchema"] | components["schemas"]["ReLuSchema"] | components["schemas"]["LeakyReLuSchema"] | components["schemas"]["ELUSchema"] | components["schemas"]["GELUSchema"] | components["schemas"]["SoftplusSchema"] | components["schemas"]["SigmoidSchema"] | components["schemas"]["TanhSchema"] | components["schemas"]["SoftmaxSchema"])[];
            /** Loss */
            loss: components["schemas"]["HalfSquaredErrorSchema"] | components["schemas"]["MeanSquaredErrorSchema"] | components["schemas"]["MeanAbsoluteErrorSchema"] | components["schemas"]["HuberSchema"] | components["schemas"]["BinaryCrossEntropySchema"] | components["schemas"]["SoftmaxCrossEntropySchema"];
            optimizer: components["schemas"]["SGDSchema"];
            /** X */
            x: number[][];
            /** Y */
            y: number[][] | number[];
            /**
             * Seed
             * @default 0
             */
            seed: number;
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
            role: "input" | "bias" | "hidden" | "output";
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
         * @description A number that JSON cannot write: null stands at `path`.
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
         * NumberAnswer
         * @description A constant of the formula; a setting, such as a learning rate's friction μ, has a symbol.
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
         * OperationAnswer
         * @description An operation on expressions.
         */
        OperationAnswer: {
            /** Role */
            role?: ("upstream" | "local") | null;
            /** Derivative */
            derivative?: string | null;
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
         * ParameterAnswer
         * @description A parameter (w: inputs × outputs), ∂ℓ/∂parameter, and the parameter after the update.
         */
        ParameterAnswer: {
            /** Value */
            value: (number | null)[] | (number | null)[][] | null;
            /** Gradient */
            gradient: (number | null)[] | (number | null)[][] | null;
            /** Next */
            next: (number | null)[] | (number | null)[][] | null;
        };
        /**
         * PathAnswer
         * @description One way from a number to the loss: the numbers it passes, its factors, and their running products.
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
         * @description How many ways there are, the largest of them, and what the others come to.
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
         * ReLuSchema
         * @description Lets what is positive pass and stops the rest: h = max(z, 0).
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
         * SGDSchema
         * @description Gradient descent: w_new = w − η ∂ℓ/∂w.
         */
        SGDSchema: {
            /**
             * Type
             * @constant
             */
            type: "sgd";
            /** Lr */
            lr: number;
        };
        /**
         * SigmoidSchema
         * @description Squeezes every number into (0, 1): h = 1 / (1 + e^(−z)).
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
         * @description How surprised the shares softmax(ŷ) are by the truth, averaged over samples; targets are shares or classes.
         */
        SoftmaxCrossEntropySchema: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "softmax_cross_entropy";
        };
        /**
         * SoftmaxSchema
         * @description Turns a sample's scores into positive shares that add up to one: hᵢ = e^(zᵢ) / Σₖ e^(zₖ).
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
         * @description Rounds the corner of the rectifier: h = log(1 + e^z).
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
         * StageAnswer
         * @description A stretch of the step in which one layer computes one quantity: `nodes` results of `terms` terms each.
         */
        StageAnswer: {
            /**
             * Phase
             * @enum {string}
             */
            phase: "ready" | "forward" | "loss" | "backward" | "update";
            /** Layer */
            layer: string;
            /**
             * Computes
             * @enum {string}
             */
            computes: "output" | "loss" | "loss_gradient" | "parameter_gradients" | "input_gradient" | "next";
            /** Nodes */
            nodes: number;
            /** Terms */
            terms: number;
            /** Start */
            start: number;
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
         * TanhSchema
         * @description Squeezes every number into (−1, 1): h = tanh(z).
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
         * @description One training step. What the cursor has not reached is null; nodes and edges are null for large networks.
         */
        TraceAnswer: {
            document: components["schemas"]["NetworkDocument"];
            /**
             * Phase
             * @enum {string}
             */
            phase: "ready" | "forward" | "loss" | "backward" | "update";
            /** Cursor */
            cursor: number;
            /** Sample */
            sample: number;
            /** Output */
            output: (number | null)[] | (number | null)[][] | null;
            loss: components["schemas"]["LossAnswer"];
            /** Layers */
            layers: components["schemas"]["LayerAnswer"][];
            /** Nodes */
            nodes: components["schemas"]["NodeAnswer"][] | null;
            /** Edges */
            edges: components["schemas"]["EdgeAnswer"][] | null;
            /** Stages */
            stages: components["schemas"]["StageAnswer"][];
            /** Nonfinite */
            nonfinite: components["schemas"]["NonfiniteAnswer"][];
        };
        /**
         * ProblemAnswer
         * @description RFC 9457 problem details. `where` is a JSON pointer to the field; a limit tells what was asked and allowed.
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
             * Errors
             * @default null
             */
            errors: components["schemas"]["FaultAnswer"][] | null;
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
