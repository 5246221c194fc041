// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SlashingMath} from "./SlashingMath.sol";

/// Opens the library to the recorded vectors (eigenlayer.vectors.json).
contract SlashingMathHarness {
    function slash(uint64 current, uint64 max, uint64 encumbered, int128 pendingDiff, uint256 wad)
        external
        pure
        returns (uint64 slashed, uint256 wadSlashed, SlashingMath.Magnitudes memory after_)
    {
        after_ = SlashingMath.Magnitudes(current, max, encumbered, pendingDiff);
        (slashed, wadSlashed) = SlashingMath.slash(after_, wad);
    }

    function slashedOperatorShares(uint256 shares, uint256 previousMax, uint256 newMax)
        external
        pure
        returns (uint256)
    {
        return SlashingMath.slashedOperatorShares(shares, previousMax, newMax);
    }

    function nextDepositScalingFactor(uint256 dsf, uint256 previous, uint256 added, uint256 slashingFactor)
        external
        pure
        returns (uint256)
    {
        return SlashingMath.nextDepositScalingFactor(dsf, previous, added, slashingFactor);
    }

    function withdrawable(uint256 depositShares, uint256 dsf, uint256 slashingFactor)
        external
        pure
        returns (uint256)
    {
        return SlashingMath.withdrawable(depositShares, dsf, slashingFactor);
    }

    /// `n` deposits of `added` after a first one; what rounding cost is the drift.
    function repeatDeposits(uint256 slashingFactor, uint256 first, uint256 n, uint256 added)
        external
        pure
        returns (uint256 dsf, uint256 drift)
    {
        dsf = SlashingMath.nextDepositScalingFactor(0, 0, first, slashingFactor);
        uint256 deposited = first;
        for (uint256 i = 0; i < n; i++) {
            dsf = SlashingMath.nextDepositScalingFactor(dsf, deposited, added, slashingFactor);
            deposited += added;
        }
        drift = deposited - SlashingMath.withdrawable(deposited, dsf, slashingFactor);
    }
}
