// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// EigenLayer's share and magnitude arithmetic, written from its description (SlashingLib.sol and
/// AllocationManager._slashOperator, Layr-Labs/eigenlayer-contracts f84a515). Rounding is part of
/// the behaviour: what is slashed rounds up, what a staker may take rounds down.
library SlashingMath {
    uint256 internal constant WAD = 1e18;

    error InvalidDepositScalingFactor();

    /// One allocation of an operator to an operator set, with the totals of its strategy.
    struct Magnitudes {
        uint64 current;
        uint64 max;
        uint64 encumbered;
        int128 pendingDiff;
    }

    function mulWad(uint256 x, uint256 y) internal pure returns (uint256) {
        return Math.mulDiv(x, y, WAD);
    }

    function divWad(uint256 x, uint256 y) internal pure returns (uint256) {
        return Math.mulDiv(x, WAD, y);
    }

    function mulWadUp(uint256 x, uint256 y) internal pure returns (uint256) {
        return Math.mulDiv(x, y, WAD, Math.Rounding.Ceil);
    }

    /// An unset factor means 1.
    function factorOrOne(uint256 dsf) internal pure returns (uint256) {
        return dsf == 0 ? WAD : dsf;
    }

    /// What a staker could take today for `depositShares`.
    function withdrawable(uint256 depositShares, uint256 dsf, uint256 slashingFactor)
        internal
        pure
        returns (uint256)
    {
        return mulWad(mulWad(depositShares, factorOrOne(dsf)), slashingFactor);
    }

    /// Queued shares are kept without the slashing factor, which is applied again at completion.
    function scaleForQueue(uint256 depositShares, uint256 dsf) internal pure returns (uint256) {
        return mulWad(depositShares, factorOrOne(dsf));
    }

    /// The factor after `added` withdrawable shares join `previous` deposit shares, chosen so that
    /// slashes of the past do not touch the new shares.
    function nextDepositScalingFactor(uint256 dsf, uint256 previous, uint256 added, uint256 slashingFactor)
        internal
        pure
        returns (uint256 next)
    {
        if (previous == 0) return divWad(factorOrOne(dsf), slashingFactor);
        uint256 shares = withdrawable(previous, dsf, slashingFactor) + added;
        next = divWad(divWad(shares, previous + added), slashingFactor);
        require(next != 0, InvalidDepositScalingFactor());
    }

    /// Delegated shares an operator loses when its maximum magnitude falls.
    function slashedOperatorShares(uint256 shares, uint256 previousMax, uint256 newMax)
        internal
        pure
        returns (uint256)
    {
        return shares - Math.mulDiv(shares, newMax, previousMax, Math.Rounding.Ceil);
    }

    /// Slashes `wad` (1e18 = all) of an allocation. A pending deallocation loses the same part, so
    /// that less magnitude is freed at its end. Returns the totals after and the part of the
    /// strategy's previous maximum that is gone.
    function slash(Magnitudes memory m, uint256 wad)
        internal
        pure
        returns (uint64 slashed, uint256 wadSlashed)
    {
        slashed = uint64(mulWadUp(m.current, wad));
        wadSlashed = divWad(slashed, m.max);
        m.current -= slashed;
        m.max -= slashed;
        m.encumbered -= slashed;
        if (m.pendingDiff < 0) {
            uint256 pendingLoss = mulWadUp(uint128(-m.pendingDiff), wad);
            m.pendingDiff += int128(uint128(pendingLoss));
        }
    }
}
