"""Tests of calibration and of comparing policies."""
