"""Property tests that count no case with `reaches`, and why; test_reaching.py compares the lists with the code."""

# Claims about every network, document or case of a layer. test_generators.py counts what their generators draw.
ANY_NETWORK = (
    "app/test_advance.py::test_starts_are_held_to_their_bytes_whatever_their_numbers_become",
    "app/test_data.py::test_a_table_that_is_not_scaled_is_the_same_training_step",
    "app/test_every_layer.py::test_the_document_of_an_answer_has_the_same_answer_to_the_last_bit",
    "app/test_every_layer.py::test_a_trace_has_the_engines_numbers_to_the_last_bit",
    "app/test_explain_everything.py::test_every_number_explains_itself_in_every_notation_and_so_do_the_numbers_in_its_formula",
    "app/test_fitting_anything.py::test_edits_of_any_network_lead_to_networks_that_work",
    "app/test_left_out.py::test_a_stage_has_only_what_differs_from_its_defaults",
    "app/test_left_out.py::test_a_document_that_is_left_out_is_the_one_that_was_sent",
    "app/test_receipts.py::test_every_document_has_a_receipt_that_holds",
    "app/test_trace.py::test_every_answer_matches_its_schema_exactly",
    "app/test_trace.py::test_a_complete_trace_has_no_gaps_and_an_unbegun_one_only_what_is_given",
    "tinyml/explain/test_everything.py::test_evaluating_the_tree_gives_the_number",
    "tinyml/explain/test_explanation.py::test_every_leaf_is_itself_a_number_that_explains_itself",
    "tinyml/explain/test_explanation.py::test_different_numbers_have_different_symbols",
    "tinyml/explain/test_gathered.py::test_the_last_running_value_is_the_number_to_the_last_bit",
    "tinyml/explain/test_symbols.py::test_patterns_give_every_symbol",
    "tinyml/expression/test_read_back.py::test_text_and_latex_evaluate_to_the_number",
    "tinyml/narrate/test_every_layer.py::test_the_terms_of_any_number_add_up_to_the_recorded_value",
    "tinyml/narrate/test_every_layer.py::test_any_step_of_any_network_is_narrated",
    "tinyml/narrate/test_terms.py::test_the_running_sum_grows_by_each_term_and_ends_at_the_recorded_number",
    "tinyml/narrate/test_terms.py::test_a_product_is_that_of_its_two_recorded_factors",
    "tinyml/narrate/test_terms.py::test_any_single_step_equals_the_one_in_the_list",
    "tinyml/narrate/test_terms.py::test_every_step_has_a_title_and_a_whole_sentence",
    "tinyml/narrate/test_terms.py::test_the_numbers_computed_by_nodes_are_named_by_their_refs",
    "tinyml/narrate/test_truth.py::test_every_sentence_is_true",
    "tinyml/narrate/test_truth.py::test_every_step_is_worded_in_every_language",
    "tinyml/steps/test_grains.py::test_stepping_to_the_end_and_back_visits_the_same_places",
    "tinyml/steps/test_grains.py::test_the_phase_is_that_of_the_last_term_done",
    "tinyml/steps/test_grains.py::test_every_step_is_located_where_enumerating_finds_it",
    "tinyml/steps/test_grains.py::test_a_term_knows_its_node_and_the_number_that_it_belongs_to",
    "tinyml/steps/test_operation_counts.py::test_the_nodes_of_all_stages_compute_every_number_once",
    "tinyml/steps/test_operation_counts.py::test_the_node_of_a_number_is_the_one_that_computes_it",
    "tinyml/test_complex_step.py::test_every_gradient_equals_the_complex_steps",
    "tinyml/test_flow.py::test_sizes_are_the_root_mean_squares",
    "tinyml/test_gradients.py::test_every_gradient_equals_the_central_difference",
    "tinyml/test_gradients.py::test_every_gradient_equals_autograds",
    "tinyml/test_gradients.py::test_backward_twice_gives_the_same",
    "tinyml/test_graph.py::test_every_number_of_the_picture_is_the_one_that_its_ref_explains",
    "tinyml/test_graph.py::test_ids_are_unique_and_edges_join_nodes_of_neighbouring_columns",
    "tinyml/test_graph.py::test_products_into_a_unit_add_up_to_its_value_before_activation",
    "tinyml/test_graph.py::test_edges_are_counted_without_making_them",
    "tinyml/test_progress.py::test_each_pass_brings_its_numbers_and_no_others",
    "tinyml/test_progress.py::test_a_number_is_known_once_its_node_is_done",
    "tinyml/test_pytorch.py::test_training_steps_equal_pytorchs",
    "tinyml/test_tensors.py::test_no_array_is_there_twice_and_none_is_moved_by_looking",
    "tinyml/test_trace.py::test_the_record_is_what_training_computes",
    "tinyml/test_trace.py::test_each_layers_input_is_the_output_before_it",
    "tinyml/test_trace.py::test_looking_changes_nothing",
    "tinyml/test_trace.py::test_a_record_is_a_copy",
    "tinyml/test_trace.py::test_the_lists_hold_the_numbers_of_the_record",
    "tinyml/test_training.py::test_three_steps_of_a_random_network_end_where_pytorchs_end",
    "tinyml/verify/test_verdict.py::test_the_receipt_of_every_document_holds",
    "tinyml/verify/test_verdict.py::test_the_receipt_of_every_network_holds",
)

# Claims about every value that can be written and read: hypothesis itself tries the unusual ones.
ANY_VALUE = (
    "app/test_canonical.py::test_any_json_is_written_as_python_does",
    "tinyml/expression/test_numbers.py::test_the_digits_are_those_of_the_exact_value",
    "tinyml/saving/test_flipped_bytes.py::test_any_bytes",
    "tinyml/saving/test_npz.py::test_what_is_written_is_read_by_us_and_by_numpy",
    "tinyml/saving/test_npz.py::test_what_numpy_writes_is_read",
    "tinyml/saving/test_safetensors.py::test_what_is_written_is_read",
    "tinyml/saving/test_safetensors.py::test_the_formats_own_library_agrees",
    "tinyml/verify/test_canonical.py::test_a_number_is_read_back_to_the_last_bit",
    "tinyml/verify/test_canonical.py::test_a_whole_number_is_the_same_however_it_is_written",
    "tinyml/verify/test_canonical.py::test_canonical_json_is_json_of_the_same_value_and_canonical_again",
    "tinyml/verify/test_canonical.py::test_but_for_numbers_and_order_it_is_what_python_writes",
    "tinyml/verify/test_reading.py::test_json_is_read_as_python_reads_it",
)

# The parameters of the test, such as the class of the layer, are its case: every example is one.
PARAMETRIZED = (
    "app/test_fitting_anything.py::test_edits_of_every_example_lead_to_networks_that_work",
    "tinyml/equations/test_equations.py::test_those_of_each_layer",
    "tinyml/explain/test_notations.py::test_the_local_derivatives_of_a_layer_are_those_of_its_forward_pass",
    "tinyml/explain/test_notations.py::test_a_row_and_a_column_are_those_of_the_tensors_that_they_name",
    "tinyml/gradient_check/test_complex_step.py::test_through_every_analytic_layer_it_equals_the_backward_pass",
    "tinyml/gradient_check/test_complex_step.py::test_a_layer_that_is_not_analytic_gives_a_reason_and_no_number",
    "tinyml/layers/test_arrays.py::test_what_was_handed_out_stays_as_it_was",
    "tinyml/layers/test_every_layer.py::test_passes_equal_pytorchs",
    "tinyml/layers/test_every_layer.py::test_gradients_equal_central_differences",
    "tinyml/layers/test_every_layer.py::test_each_unit_upstream_gives_its_row_of_the_jacobian",
    "tinyml/layers/test_every_layer.py::test_backward_is_linear_in_the_upstream_gradient",
    "tinyml/layers/test_every_layer.py::test_backward_twice_gives_the_same_and_leaves_its_arguments_alone",
    "tinyml/layers/test_every_layer.py::test_float32_stays_float32_and_agrees_with_float64",
    "tinyml/layers/test_stackable.py::test_a_stackable_layer_neither_branches_on_its_numbers_nor_draws_unless_declared",
    "tinyml/losses/test_every_loss.py::test_classes_give_what_they_give_in_pytorch",
    "tinyml/losses/test_every_loss.py::test_both_gradients_are_those_of_exactly_the_value",
    "tinyml/losses/test_probabilities.py::test_p_and_its_gradient_are_pytorchs",
    "tinyml/losses/test_probabilities.py::test_the_gradient_of_p_is_that_of_the_value_as_a_function_of_p",
    "tinyml/losses/test_probabilities.py::test_every_formula_evaluates_to_its_number",
    "tinyml/losses/test_targetless.py::test_all_gradients_are_those_of_backward_in_pytorch",
)

# An inner function that runs once for each class; the test asserts on the counts of all runs together.
OWN_COUNTS = (
    "app/test_optimizers.py::check",
    "tinyml/explain/test_beyond.py::held",
    "tinyml/gradient_check/test_broken_layers.py::holds",
    "tinyml/gradient_check/test_ties.py::holds",
    "tinyml/gradient_check/test_verdicts.py::holds",
    "tinyml/test_one_result.py::search",
)

# `assume` keeps only examples of the case, and hypothesis fails if it finds too few.
ASSUMED = ("tinyml/explain/test_explanation.py::test_the_truths_gradient_equals_the_central_difference",)

# They collect examples and assert nothing.
NO_TEST = ("setup/test_same_examples.py::collect", "static/timing.py::collect")

UNCOUNTED = (*ANY_NETWORK, *ANY_VALUE, *PARAMETRIZED, *OWN_COUNTS, *ASSUMED, *NO_TEST)
